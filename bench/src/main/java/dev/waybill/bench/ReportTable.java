package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as a table for people. */
final class ReportTable {
  private static final List<String> HEAD =
      List.of("measured", "value", "compared with", "value", "ratio", "target", "");

  private ReportTable() {}

  /** The lines, without line ends; columns are as wide as their widest cell. */
  static List<String> lines(List<Result> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    results.forEach(result -> rows.add(cells(result)));
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < HEAD.size(); column++) {
        line.append(padded(row.get(column), width(rows, column), column)).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(1, "-".repeat(lines.stream().mapToInt(String::length).max().orElse(0)));
    return lines;
  }

  private static List<String> cells(Result result) {
    Result.Reference reference = result.reference();
    return List.of(
        result.measurement() + ": " + result.what(),
        number(result.value()) + " " + result.unit(),
        reference == null ? "" : reference.what(),
        reference == null ? "" : number(reference.value()) + " " + result.unit(),
        reference == null ? "" : String.format(Locale.ROOT, "%.2f", reference.ratio()),
        result.target() == null ? "" : result.target().toString(),
        result.met() == null ? "" : result.met() ? "met" : "NOT MET");
  }

  private static String number(double value) {
    String format = Math.abs(value) >= 1_000 ? "%,.0f" : Math.abs(value) >= 100 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  /** Words to the left, numbers to the right. */
  private static String padded(String cell, int width, int column) {
    String space = " ".repeat(width - cell.length());
    return column == 1 || column == 3 || column == 4 ? space + cell : cell + space;
  }
}
