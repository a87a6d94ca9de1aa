package dev.waybill.proof.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A metric in Prometheus' text format.
 *
 * @param help empty when there is none
 * @param type empty when there is none
 * @param series names with their labels, in the order of the text
 */
record MetricFamily(String name, String help, String type, List<String> series) {
  private static final Pattern META = Pattern.compile("# (HELP|TYPE) (\\S+) ?(.*)");
  private static final Pattern SAMPLE = Pattern.compile("([^\\s{]+)(\\{.*})? \\S+( \\S+)?");
  private static final Pattern LABEL = Pattern.compile("([^\\s{,=]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /** The metrics of a page. */
  static List<MetricFamily> of(String page) {
    Map<String, Map<String, String>> meta = new LinkedHashMap<>();
    Map<String, List<String>> series = new LinkedHashMap<>();
    for (String line : page.lines().toList()) {
      Matcher words = META.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (words.matches()) {
        meta.computeIfAbsent(words.group(2), name -> new LinkedHashMap<>())
            .put(words.group(1), words.group(3));
      } else if (sample.matches()) {
        String family = family(sample.group(1), meta);
        String labels = sample.group(2) == null ? "" : sample.group(2);
        series.computeIfAbsent(family, name -> new ArrayList<>()).add(sample.group(1) + labels);
      }
    }
    Set<String> names = new LinkedHashSet<>(meta.keySet());
    names.addAll(series.keySet());
    return names.stream()
        .map(
            name -> {
              Map<String, String> words = meta.getOrDefault(name, Map.of());
              return new MetricFamily(
                  name,
                  words.getOrDefault("HELP", ""),
                  words.getOrDefault("TYPE", ""),
                  series.getOrDefault(name, List.of()));
            })
        .toList();
  }

  /** A summary and a histogram have several names. */
  private static String family(String sample, Map<String, Map<String, String>> meta) {
    String parent = sample.replaceFirst("_(count|sum|bucket)$", "");
    String type = meta.getOrDefault(parent, Map.of()).getOrDefault("TYPE", "");
    return type.equals("summary") || type.equals("histogram") ? parent : sample;
  }

  /** The names of all labels. */
  Set<String> labels() {
    return series.stream()
        .flatMap(one -> LABEL.matcher(one).results())
        .map(label -> label.group(1))
        .collect(Collectors.toSet());
  }
}
