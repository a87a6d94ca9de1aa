package dev.waybill.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate says of evolutions that people try, good and bad, word for word. */
final class EvolutionTest {

  static List<Evolution> evolutions() {
    return Evolution.all();
  }

  @ParameterizedTest
  @MethodSource("evolutions")
  void gateSaysWhatIsWrongAndWhatWouldBeRight(Evolution evolution) {
    assertThat(evolution.found()).isEqualTo(evolution.problems());
  }

  @Test
  void documentationIsTheSameToEveryReader() throws InvalidSchemaException {
    Evolution documented =
        evolutions().stream()
            .filter(one -> one.name().equals("only documentation changes"))
            .findFirst()
            .orElseThrow();

    assertThat(fingerprint(documented.to())).isEqualTo(fingerprint(documented.from().get(0)));
  }

  private static long fingerprint(String schema) throws InvalidSchemaException {
    return SchemaNormalization.parsingFingerprint64(SchemaText.parse(schema, "schema"));
  }

  @Test
  void everyRuleIsBrokenByARow() {
    String all =
        evolutions().stream()
            .flatMap(one -> one.problems().stream())
            .collect(Collectors.joining("\n"));

    for (Rule rule : Rule.values()) {
      if (rule != Rule.RELEASE_CHANGED) { // is about files
        assertThat(all).contains(rule.name() + " `");
      }
    }
  }
}
