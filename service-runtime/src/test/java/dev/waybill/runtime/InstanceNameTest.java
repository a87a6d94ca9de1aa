package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceNameTest {
  private static final HttpAddress FIXED = new HttpAddress("0.0.0.0", 8081);

  @Test
  void isTheMachineAndThePortByDefault() {
    assertThat(InstanceName.from(new Settings(Map.of()), "NAME", FIXED))
        .matches("[a-zA-Z0-9._-]+-8081");
  }

  @Test
  void isNoneWhereThePortTellsNothing() {
    HttpAddress any = new HttpAddress("0.0.0.0", 0);
    assertThat(InstanceName.from(new Settings(Map.of()), "NAME", any)).isNull();
    assertThat(InstanceName.from(new Settings(Map.of("NAME", "relay-0")), "NAME", any))
        .isEqualTo("relay-0");
  }

  @Test
  void isRefusedWhenKafkaWouldRefuseIt() {
    Settings settings = new Settings(Map.of("NAME", "relay 0"));
    String unused = InstanceName.from(settings, "NAME", FIXED);
    assertThatThrownBy(settings::verify)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("NAME=relay 0: must be 1 to 200 of a-z");
  }
}
