package dev.waybill.proof.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final List<FaultKind> ALL = List.of(FaultKind.values());

  private static List<String> first(long seed, int count, List<FaultKind> kinds) {
    Schedule schedule = new Schedule(seed, kinds);
    return Stream.generate(() -> schedule.next().toString()).limit(count).toList();
  }

  @Test
  void oneSeedMakesOneSchedule() {
    assertThat(first(7, 100, ALL)).isEqualTo(first(7, 100, ALL));
    assertThat(first(7, 100, ALL)).isNotEqualTo(first(8, 100, ALL));
  }

  /** Or a long run of one seed could leave some out. */
  @Test
  void everyKindComesBeforeOneComesOftenAgain() {
    Schedule schedule = new Schedule(3, ALL);
    Set<String> names = new HashSet<>();
    for (int drawn = 0; drawn < 2 * ALL.size(); drawn++) {
      schedule.next().forEach(attack -> names.add(attack.name()));
    }
    assertThat(names).hasSize(FaultKind.drawn().size());
  }

  @Test
  void twoAtATimeAreOfDifferentKinds() {
    Schedule schedule = new Schedule(5, ALL);
    List<List<Attack>> drawn = Stream.generate(schedule::next).limit(200).toList();
    assertThat(drawn).anyMatch(attacks -> attacks.size() == 2);
    assertThat(drawn)
        .filteredOn(attacks -> attacks.size() == 2)
        .allMatch(attacks -> !attacks.get(0).name().equals(attacks.get(1).name()));
  }

  @Test
  void ofOneKindAloneThereIsOneAtATime() {
    Schedule schedule = new Schedule(5, FaultKind.of(List.of("f4")));
    assertThat(Stream.generate(schedule::next).limit(50))
        .allMatch(attacks -> attacks.size() == 1 && attacks.get(0).name().equals("F4"));
  }

  @Test
  void namesEachThatIsNone() {
    assertThatThrownBy(() -> FaultKind.of(List.of("F1", "F99", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("F99, x")
        .hasMessageContaining("F11");
  }
}
