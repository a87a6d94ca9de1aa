package dev.waybill.console.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values out of a page of metrics. */
final class Measured {
  private static final Pattern LINE =
      Pattern.compile("([a-z_0-9]+)(\\{[^}]*})? ([0-9.eE+-]+|NaN|[+-]?Inf)(?: .*)?");

  private final List<Value> values = new ArrayList<>();

  private record Value(String name, String labels, double number) {}

  Measured(String page) {
    page.lines()
        .filter(line -> line.startsWith("waybill_"))
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> values.add(value(line)));
  }

  private static Value value(Matcher line) {
    String labels = line.group(2);
    String number = line.group(3).replace("Inf", "Infinity");
    return new Value(line.group(1), labels == null ? "" : labels, Double.parseDouble(number));
  }

  /** The sum of all values of a name whose labels have a text in them; 0 when there are none. */
  double sum(String name, String label) {
    return values.stream()
        .filter(one -> one.name().equals(name) && one.labels().contains(label))
        .mapToDouble(Value::number)
        .filter(number -> !Double.isNaN(number))
        .sum();
  }

  /** The largest value of a name; empty when there is none that is a number. */
  OptionalDouble max(String name) {
    return values.stream()
        .filter(one -> one.name().equals(name) && !Double.isNaN(one.number()))
        .mapToDouble(Value::number)
        .max();
  }
}
