package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresLoginTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:postgresql://db:5433/o              | jdbc:postgresql://db:5433/o        | postgres |
          jdbc:postgresql://a:1,b:2/o?ssl=true     | jdbc:postgresql://a:1,b:2/o?ssl=true | postgres |
          jdbc:postgresql:o                        | jdbc:postgresql:o                  | postgres |
          jdbc:postgresql://db/o?user=a&password=b%26+c&ssl=true | jdbc:postgresql://db/o?ssl=true | a | b&+c
          postgres://a:s3cret@db/o                 | jdbc:postgresql://db/o             | a | s3cret
          postgresql://a%40x:p%2Fq%3A%2B+@db:6/o   | jdbc:postgresql://db:6/o           | a@x | p/q:++
          postgres://a@[::1]:5432/o                | jdbc:postgresql://[::1]:5432/o     | a |
          postgres:///o                            | jdbc:postgresql://localhost/o      | postgres |
          postgres://a:b@h1:1,h2/my%20db?sslmode=require&target_session_attrs=read-write | jdbc:postgresql://h1:1,h2/my+db?sslmode=require&targetServerType=primary | a | b
          postgres://db/o?user=a&password=b        | jdbc:postgresql://db/o             | a | b
          """)
  void jdbcAndPlatformsFormsAreRead(String given, String url, String user, String password) {
    Settings settings = new Settings(Map.of("DATABASE_URL", given));
    assertThat(PostgresLogin.from(settings)).isEqualTo(new PostgresLogin(url, user, password));
    settings.verify();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/o",
        "jdbc:postgresql://a:s3cret@db/o",
        "jdbc:postgresql://db:s3cret/o",
        "postgres://a:s3/cret@db/o",
        "postgres://a:s3cret@db:70000/o",
        "postgres://a:s3%cret@db/o",
        "postgres://a:s3cret@db/o?s3cret",
        "postgres://a:s3cret@db/o?pgbouncer=s3cret",
        "postgres:a:s3cret@db/o",
        "mysql://a:s3cret@db/o",
      })
  void otherFormsAreRefusedWithoutTheirSecrets(String given) {
    Settings settings = new Settings(Map.of("DATABASE_URL", given));
    var unused = PostgresLogin.from(settings);
    assertThatThrownBy(settings::verify).hasMessageContaining("DATABASE_URL=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sslmode=bogus",
        "targetServerType=first",
        "socketTimeout=s3cret",
        "connectTimeout=99999999999",
        "socketFactory=no.such.F",
        "sslfactory=java.lang.String",
      })
  void parametersWithWhichTheDriverNeverConnectsAreRefused(String parameter) {
    Settings settings = new Settings(Map.of("DATABASE_URL", "jdbc:postgresql://db/o?" + parameter));
    var unused = PostgresLogin.from(settings);
    String name = parameter.substring(0, parameter.indexOf('='));
    assertThatThrownBy(settings::verify).hasMessageContaining(": its parameter " + name + " must ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sslmode=REQUIRE",
        "requireAuth=scram-sha-256%2Cmd5",
        "loginTimeout=0.5",
        "socketTimeout=30",
        "sslfactory=org.postgresql.ssl.NonValidatingFactory",
        "unknown=x",
      })
  void otherParametersAreTaken(String parameter) {
    String url = "jdbc:postgresql://db/o?" + parameter;
    Settings settings = new Settings(Map.of("DATABASE_URL", url));
    assertThat(PostgresLogin.from(settings).url()).isEqualTo(url);
    settings.verify();
  }

  @Test
  void variablesGoBeforeTheAddress() {
    PostgresLogin login =
        PostgresLogin.from(
            new Settings(
                Map.of("DATABASE_URL", "postgres://a:of-a@db/o", "DATABASE_PASSWORD", "other")));
    assertThat(login).isEqualTo(new PostgresLogin("jdbc:postgresql://db/o", "a", "other"));

    assertThat(login.unless(new Settings(Map.of()), "PRUNE_DATABASE")).isEqualTo(login);
    assertThat(login.unless(new Settings(Map.of("PRUNE_DATABASE_USER", "b")), "PRUNE_DATABASE"))
        .isEqualTo(new PostgresLogin("jdbc:postgresql://db/o", "b", null));
    assertThat(
            login.unless(
                new Settings(Map.of("PRUNE_DATABASE_URL", "postgres://b:of-b@two/o")),
                "PRUNE_DATABASE"))
        .isEqualTo(new PostgresLogin("jdbc:postgresql://two/o", "b", "of-b"));
  }

  @Test
  void passwordIsNotShown() {
    assertThat(new PostgresLogin("jdbc:postgresql://db/o?sslpassword=x", "a", "s3cret"))
        .hasToString("jdbc:postgresql://db/o as a");
  }
}
