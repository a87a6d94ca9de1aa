package dev.waybill.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.schemas.difference.Difference;
import dev.waybill.schemas.difference.Matched;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However schemas refer to themselves, the gate looks at each pair of types once, and ends. */
@Timeout(120) // for what would not end; the work itself is counted
final class BoundedWorkTest {

  @Test
  void whatManyWaysLeadToIsLookedAtOnce() throws InvalidSchemaException {
    Schema older = parse(levels("A", 40, "\"int\""));
    Schema newer = parse(levels("A", 40, "\"long\""));

    assertThat(Matched.in(older, newer)).hasSizeLessThan(40 * 8);
    assertThat(problems(older, newer)).hasSize(1);
    assertThat(Difference.between(older, newer)).hasSize(1);
  }

  @Test
  void branchesThatDoNotFitAreTriedOnce() throws InvalidSchemaException {
    String a = levels("A", 40, "\"int\"");
    String b = levels("B", 40, "\"string\"");
    Schema older = parse("[" + a + "," + b + "]");
    Schema newer = parse("[" + b + "," + a + "]");

    assertThat(problems(older, newer)).isEmpty();
    assertThat(problems(older, parse(a))).isNotEmpty().hasSizeLessThan(100);
  }

  @Test
  void recordsThatContainEachOtherAreLookedAtOnce() throws InvalidSchemaException {
    Schema older = parse(circle(7, "\"int\"")); // far from where a thread's stack ends

    assertThat(problems(older, older)).isEmpty();
    assertThat(problems(older, parse(circle(7, "\"string\"")))).hasSize(7);
  }

  @Test
  void recordsThatContainEachOtherInTooManyWaysAreRefused() throws InvalidSchemaException {
    Schema older = parse(circle(60, "\"int\""));

    assertThat(problems(older, parse(circle(60, "\"string\""))))
        .extracting(Problem::what)
        .contains("refers to itself in more ways than Avro's reader can follow");
  }

  @Test
  void recordsThatDoubleWithEachLevelAreRefused() throws InvalidSchemaException {
    String inside = record("D0", "{\"name\":\"a\",\"type\":\"int\"}");
    for (int i = 1; i < 40; i++) {
      String fields = "{\"name\":\"a\",\"type\":%s},{\"name\":\"b\",\"type\":\"D%s\"}";
      inside = record("D" + i, fields.formatted(inside, i - 1));
    }
    Schema older = parse(inside);

    assertThat(problems(older, older))
        .extracting(Problem::what)
        .contains("has more than a million fields when records stand where they are named");
  }

  @Test
  void twoThousandOptionalFieldsAreLookedAtOnce() throws InvalidSchemaException {
    Schema older = parse(fields("a", "long"));
    Schema wider = parse(fields("a", "string"));

    assertThat(Matched.in(older, wider)).hasSizeLessThanOrEqualTo(1 + 2_000 * 3);
    assertThat(problems(older, older)).isEmpty();
    assertThat(problems(older, wider)).hasSizeLessThanOrEqualTo(2 * 2_000);
    assertThat(problems(older, parse(fields("b", "long")))).hasSize(2_000);
  }

  @Test
  void typesInsideEachOtherAreReadDownToALimit() throws InvalidSchemaException {
    Schema deep = parse(chain(Nesting.MOST - 2, "\"int\"", false));

    assertThat(deep.toString()).isNotEmpty();

    assertThat(problems(deep, parse(chain(Nesting.MOST - 2, "\"string\"", false)))).isNotEmpty();
    for (boolean lastFirst : new boolean[] {false, true}) {
      for (int count : new int[] {Nesting.MOST, 2_000}) {
        assertThatThrownBy(() -> parse(chain(count, "\"int\"", lastFirst)))
            .isInstanceOf(InvalidSchemaException.class)
            .hasMessageContaining("more than 300 types are inside each other");
      }
    }
  }

  @Test
  void textThatNestsWithoutEndIsNoSchema() {
    for (int depth : new int[] {600, 100_000}) {
      String lists = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);
      assertThatThrownBy(() -> parse(lists)).isInstanceOf(InvalidSchemaException.class);
      assertThatThrownBy(() -> parse("[".repeat(depth))).isInstanceOf(InvalidSchemaException.class);
    }
  }

  private static Schema parse(String text) throws InvalidSchemaException {
    SchemaText.released(text, "older");
    return SchemaText.parse(text, "newer");
  }

  private static List<Problem> problems(Schema older, Schema newer) {
    Version released = new Version(1, older, "older");
    return Compatibility.problems(Level.FULL_TRANSITIVE, List.of(released), newer, "newer");
  }

  /** Records, each optional twice in the one above. */
  private static String levels(String prefix, int count, String leaf) {
    String inside = record(prefix + 0, optional("a", leaf) + "," + optional("b", "\"boolean\""));
    for (int i = 1; i < count; i++) {
      String name = prefix + i;
      inside =
          record(name, optional("a", inside) + "," + optional("b", '"' + prefix + (i - 1) + '"'));
    }
    return inside;
  }

  /** Records of which each contains all. */
  private static String circle(int count, String type) {
    String all =
        IntStream.range(0, count).mapToObj(i -> "\"C" + i + '"').collect(Collectors.joining(","));
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                record(
                    "C" + i,
                    "{\"name\":\"n\",\"type\":%s},{\"name\":\"all\",\"type\":[\"null\",%s]}"
                        .formatted(type, all)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String fields(String prefix, String type) {
    return record(
        "Wide",
        IntStream.range(0, 2_000)
            .mapToObj(i -> optional(prefix + i, '"' + type + '"'))
            .collect(Collectors.joining(",")));
  }

  /** Records side by side in a union, each of which contains the next. */
  private static String chain(int count, String leaf, boolean lastFirst) {
    return IntStream.range(0, count)
        .map(i -> lastFirst ? count - 1 - i : i)
        .mapToObj(
            i ->
                record(
                    "R" + i,
                    "{\"name\":\"r\",\"type\":%s}"
                        .formatted(i == count - 1 ? leaf : "\"R" + (i + 1) + '"')))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String record(String name, String fields) {
    return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[%s]}".formatted(name, fields);
  }

  private static String optional(String name, String type) {
    return "{\"name\":\"%s\",\"type\":[\"null\",%s],\"default\":null}".formatted(name, type);
  }
}
