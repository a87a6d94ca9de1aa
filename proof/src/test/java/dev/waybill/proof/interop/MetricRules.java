package dev.waybill.proof.interop;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of {@code promtool check metrics}, which are those of <a
 * href="https://github.com/prometheus/client_golang/tree/main/prometheus/testutil/promlint">
 * promlint</a>, and one more: each metric has a type.
 */
final class MetricRules {
  private static final String BASE =
      "amperes|bytes|celsius|grams|joules|kelvin|meters|metres|seconds|volts";
  private static final String OTHER =
      "minutes|hours|days|weeks|kelvins|fahrenheit|rankine|inches|yards|miles|bits|calories"
          + "|pounds|ounces";
  private static final String PREFIX =
      "pico|nano|micro|milli|centi|deci|deca|hecto|kilo|kibi|mega|mibi|giga|gibi|tera|tebi|peta"
          + "|pebi";

  private static final Pattern NO_BASE_UNIT =
      Pattern.compile("%1$s|(?:%2$s)(?:%3$s|%1$s)".formatted(OTHER, PREFIX, BASE));
  private static final Pattern ABBREVIATION =
      Pattern.compile("s|ms|us|ns|sec|b|kb|mb|gb|tb|pb|m|h|d");
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][A-Z]");

  /** What breaks a rule, by what is said of it. */
  private static final Map<String, Predicate<MetricFamily>> BREACHES = breaches();

  private MetricRules() {}

  /** Each with the metric's name in front; empty when the page keeps all rules. */
  static List<String> problems(List<MetricFamily> metrics) {
    return metrics.stream()
        .flatMap(
            metric ->
                BREACHES.entrySet().stream()
                    .filter(breach -> breach.getValue().test(metric))
                    .map(breach -> metric.name() + ": " + breach.getKey()))
        .sorted()
        .toList();
  }

  private static Map<String, Predicate<MetricFamily>> breaches() {
    Map<String, Predicate<MetricFamily>> breaches = new LinkedHashMap<>();
    breaches.put("no help text", metric -> metric.help().isBlank());
    breaches.put("no type", metric -> metric.type().isEmpty() || isOf(metric, "untyped"));
    breaches.put("not in a base unit", metric -> hasWord(metric, NO_BASE_UNIT));
    breaches.put("an abbreviated unit", metric -> hasWord(metric, ABBREVIATION));
    breaches.put(
        "a counter without _total", metric -> isOf(metric, "counter") && !ends(metric, "_total"));
    breaches.put(
        "_total, and no counter", metric -> !isOf(metric, "counter") && ends(metric, "_total"));
    breaches.put(
        "the suffix of a histogram",
        metric -> !isOf(metric, "histogram") && ends(metric, "_bucket"));
    breaches.put(
        "the suffix of a summary",
        metric ->
            !isOf(metric, "histogram")
                && !isOf(metric, "summary")
                && (ends(metric, "_count") || ends(metric, "_sum")));
    breaches.put(
        "the label of a histogram",
        metric -> !isOf(metric, "histogram") && metric.labels().contains("le"));
    breaches.put(
        "the label of a summary",
        metric -> !isOf(metric, "summary") && metric.labels().contains("quantile"));
    breaches.put(
        "its type in its name",
        metric -> hasWord(metric, Pattern.compile(Pattern.quote(metric.type()))));
    breaches.put("a colon in its name", metric -> metric.name().contains(":"));
    breaches.put(
        "not in snake_case",
        metric ->
            Stream.concat(Stream.of(metric.name()), metric.labels().stream())
                .anyMatch(name -> CAMEL_CASE.matcher(name).find()));
    breaches.put("a series twice", MetricRules::repeats);
    return breaches;
  }

  private static boolean isOf(MetricFamily metric, String type) {
    return metric.type().equals(type);
  }

  private static boolean ends(MetricFamily metric, String suffix) {
    return metric.name().endsWith(suffix);
  }

  /** Not counting the first, which says whose it is. */
  private static boolean hasWord(MetricFamily metric, Pattern word) {
    return Stream.of(metric.name().toLowerCase(Locale.ROOT).split("_", -1))
        .skip(1)
        .anyMatch(one -> word.matcher(one).matches());
  }

  private static boolean repeats(MetricFamily metric) {
    Set<String> seen = new HashSet<>();
    return metric.series().stream().anyMatch(series -> !seen.add(series));
  }
}
