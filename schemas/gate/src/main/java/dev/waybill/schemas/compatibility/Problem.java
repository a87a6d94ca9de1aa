package dev.waybill.schemas.compatibility;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One thing that is wrong with a schema.
 *
 * @param path of the field, as {@code order.lines[].sku}; empty for the schema itself
 * @param what is wrong, in words that follow the path
 * @param remedy what would be right
 * @param pointer a JSON pointer into {@code file}; empty for all of it
 * @param file which schema the pointer is in, relative to the subject's folder
 * @param backward the versions whose events the schema cannot read, or misreads
 * @param forward the versions whose readers cannot read, or misread, the schema's events
 */
public record Problem(
    Rule rule,
    String path,
    String what,
    String remedy,
    String pointer,
    String file,
    List<Integer> backward,
    List<Integer> forward) {

  public Problem {
    backward = List.copyOf(backward);
    forward = List.copyOf(forward);
  }

  private record Identity(Rule rule, String path, String what) {}

  /** The same problem with several versions, and in both directions, is one. */
  static List<Problem> merged(List<Problem> problems) {
    Map<Identity, Problem> merged = new LinkedHashMap<>();
    for (Problem one : problems) {
      merged.merge(new Identity(one.rule, one.path, one.what), one, Problem::and);
    }
    return List.copyOf(merged.values());
  }

  /** What is said of a later version stands. */
  private static Problem and(Problem earlier, Problem later) {
    return new Problem(
        later.rule,
        later.path,
        later.what,
        later.remedy,
        later.pointer,
        later.file,
        union(earlier.backward, later.backward),
        union(earlier.forward, later.forward));
  }

  private static List<Integer> union(List<Integer> some, List<Integer> others) {
    TreeSet<Integer> all = new TreeSet<>(some);
    all.addAll(others);
    return new ArrayList<>(all);
  }
}
