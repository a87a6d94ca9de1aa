package dev.waybill.console.journal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The journal as a table for spreadsheets, in which no cell is a formula. */
public final class Csv {
  private static final String FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private Csv() {}

  /** With a line of names first. */
  public static String of(List<Entry> entries) {
    return Stream.concat(
            Stream.of("at,operation,action,step,by,reason,letters,done,outcomes,words"),
            entries.stream().map(Csv::line))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(Entry entry) {
    return Stream.of(
            entry.at().toString(),
            entry.operation(),
            entry.action(),
            entry.step(),
            entry.by(),
            entry.reason(),
            Integer.toString(entry.places().size()),
            Integer.toString(entry.done()),
            entry.outcomes().isEmpty() ? "" : entry.outcomes().toString(),
            entry.words() == null ? "" : entry.words())
        .map(Csv::cell)
        .collect(Collectors.joining(","));
  }

  /** In quotes, in one line; what a spreadsheet would calculate gets an apostrophe in front. */
  static String cell(String text) {
    String line = text.replace('\r', ' ').replace('\n', ' ');
    String first = line.stripLeading();
    String harmless =
        !first.isEmpty() && FORMULAS.indexOf(first.charAt(0)) >= 0 ? "'" + line : line;
    return '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
