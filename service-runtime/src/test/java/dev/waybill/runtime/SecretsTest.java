package dev.waybill.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/o?user=a&password=s3cret&ssl=true",
        "jdbc:postgresql://db/o?sslpassword=s3cret",
        "postgres://a:s3cret@db/o",
        "postgresql://a:p@s3cret@db:5432/o?sslmode=require",
        "asking http://user:s3cret@registry:8081/subjects failed",
        "http://a:s3cret@one,http://b:s3cret@two",
        "PlainLoginModule required username=\"a\" password=\"s3cret;, x\";",
        "ScramLoginModule required username='a' password='s3cret';",
        "x required password=s3cret;",
        "ssl.key.password = s3cret",
        "ssl.keystore.key=s3cret",
        "basic.auth.user.info=a:s3cret",
        "{sasl.oauthbearer.client.credentials.client.secret=s3cret, a=b}",
        "{\"password\": \"s3cret\", \"token\":\"s3cret\"}",
        "bearer.auth.token=s3cret",
        "access_token=s3cret&x=y",
        "KAFKA_CLIENT_SASL_PASSWORD=s3cret",
      })
  void secretsAreHiddenInWhateverForm(String text) {
    assertThat(Secrets.hide(text)).doesNotContain("s3cret").contains(Secrets.HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://registry:8081/subjects/orders.events-value/versions?normalize=true",
        "Unexpected token 'abc': was expecting JSON",
        "key=018f-42, partition=3, passed=12",
        "DATABASE_PASSWORD is not set",
        "DATABASE_PASSWORD=, DATABASE_USER=a",
        "KAFKA_CLIENT_SASL_JAAS_CONFIG: must name a login module",
        "a@b.example wrote",
      })
  void otherTextsStayAsTheyAre(String text) {
    assertThat(Secrets.hide(text)).isEqualTo(text);
  }

  @Test
  void refusalsAndPrintedSettingsHaveNone() {
    Settings settings =
        new Settings(
            Map.of(
                "DATABASE_URL", "postgres://a:s3/ cret@db/o",
                "REGISTRY_URL", "http://u:s3 cret@registry",
                "REGISTRY_USER_INFO", "u:s3 cret",
                "API_TOKEN", "s3 cret",
                "KAFKA_CLIENT_SASL_JAAS_CONFIG", "x required password=\"s3 cret\";"));
    var unusedLogin = PostgresLogin.from(settings);
    var unused = settings.text("REGISTRY_URL", "");
    settings.read("REGISTRY_USER_INFO", "", SecretsTest::refuse);
    settings.read("API_TOKEN", "", SecretsTest::refuse);
    assertThat(settings.properties("KAFKA_CLIENT_")).isNotEmpty();

    assertThat(settings.toString())
        .doesNotContain("cret")
        .contains("REGISTRY_URL=http://***@registry", "KAFKA_CLIENT_SASL_JAAS_CONFIG=***");
    assertThatThrownBy(settings::verify)
        .hasMessageContaining("DATABASE_URL=postgres://***@db/o: must be like")
        .hasMessageContaining("API_TOKEN=***: cannot use ***")
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("cret"));
  }

  private static String refuse(String value) {
    throw new IllegalArgumentException("cannot use " + value);
  }

  @Test
  void readinessAndProblemsHaveNone() {
    Health health = new Health();
    health.readyUnless("registry", () -> Optional.of("http://u:s3cret@registry is away"));
    assertThat(health.reasonsNotReady().get("registry")).isEqualTo("http://***@registry is away");

    Problem problem = new Problem("", "", 400, "password=s3cret", Map.of("a", "token=s3cret"));
    assertThat(problem.toString()).doesNotContain("s3cret");
  }

  /** The configuration that services log with. */
  @Test
  void logHasNone() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try (PrintStream captured = new PrintStream(log, true, UTF_8)) {
      System.setErr(captured);
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(Objects.requireNonNull(Secrets.class.getResource("/logback.xml")));
      context
          .getLogger("x")
          .error(
              "asked {}",
              "http://u:s3cret@registry",
              new IllegalStateException("password=s3cret", new Error("postgres://a:s3cret@db")));
    } finally {
      System.setErr(before);
      context.stop();
    }
    assertThat(log.toString(UTF_8))
        .doesNotContain("s3cret")
        .contains("http://***@registry", "password=***", "postgres://***@db", "\tat ");
  }
}
