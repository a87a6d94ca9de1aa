package dev.waybill.relay.lane;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The lanes that run here. Of the ownership's thread. */
final class OwnedLanes {
  private final SortedMap<Integer, Lane> lanes = new TreeMap<>();
  private final IntFunction<Lane> laneOf;

  OwnedLanes(IntFunction<Lane> laneOf) {
    this.laneOf = laneOf;
  }

  SortedSet<Integer> numbers() {
    return new TreeSet<>(lanes.keySet());
  }

  void start(Collection<Integer> numbers) {
    for (int number : numbers) {
      Lane lane = laneOf.apply(number);
      lanes.put(number, lane);
      lane.start();
    }
  }

  /** Asks all of them first, then waits for each. Numbers that do not run here are passed over. */
  void stop(Collection<Integer> numbers) {
    List<Lane> ending =
        numbers.stream().flatMap(number -> Stream.ofNullable(lanes.remove(number))).toList();
    ending.forEach(Lane::askToStop);
    ending.forEach(Lane::close);
  }

  void stopAll() {
    stop(numbers());
  }
}
