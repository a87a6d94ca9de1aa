package dev.waybill.proof.checker;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.waybill.proof.ledger.Size;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * I14. Of each process that ran for at least {@value #LONG_MILLIS} ms, the second half of what
 * follows its first {@value #WARM_MILLIS} ms needs no more memory, threads and files at its peak
 * than the first half did, but for half as much again and some.
 */
final class Bounded {
  private static final long WARM_MILLIS = 120_000;
  private static final long LONG_MILLIS = 360_000;
  private static final long SOME_BYTES = 64 << 20;
  private static final long SOME_THREADS = 20;
  private static final long SOME_FILES = 100;

  private Bounded() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.BOUNDED, facts);
    Map<String, List<Size>> processes =
        facts.ledger().sizes().stream()
            .collect(
                groupingBy(
                    size -> size.member() + " (pid " + size.pid() + ")", TreeMap::new, toList()));
    long examined = 0;
    for (Map.Entry<String, List<Size>> process : processes.entrySet()) {
      List<Size> sizes = process.getValue();
      long began = sizes.get(0).at();
      long ended = sizes.get(sizes.size() - 1).at();
      if (ended - began >= LONG_MILLIS) {
        examined++;
        long middle = (began + WARM_MILLIS + ended) / 2;
        List<Size> first =
            sizes.stream()
                .filter(size -> size.at() >= began + WARM_MILLIS && size.at() < middle)
                .toList();
        List<Size> second = sizes.stream().filter(size -> size.at() >= middle).toList();
        String name = process.getKey();
        compare(findings, name, "bytes", peaks(first, second, Size::bytes), SOME_BYTES);
        compare(findings, name, "threads", peaks(first, second, Size::threads), SOME_THREADS);
        compare(findings, name, "files", peaks(first, second, Size::files), SOME_FILES);
      }
    }
    return findings.judgedOrElse(
        examined > 0,
        examined,
        "no process ran for " + Seconds.of(LONG_MILLIS) + " without being killed");
  }

  private record Peaks(long first, long second) {}

  private static Peaks peaks(List<Size> first, List<Size> second, ToLongFunction<Size> what) {
    return new Peaks(
        first.stream().mapToLong(what).max().orElse(0),
        second.stream().mapToLong(what).max().orElse(0));
  }

  private static void compare(
      Findings findings, String process, String what, Peaks peaks, long some) {
    if (peaks.second() > peaks.first() * 3 / 2 + some) {
      findings.add(
          "%s grew from %s to %s %s".formatted(process, peaks.first(), peaks.second(), what));
    }
  }
}
