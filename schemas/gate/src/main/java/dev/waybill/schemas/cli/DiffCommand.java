package dev.waybill.schemas.cli;

import dev.waybill.schemas.compatibility.Compatibility;
import dev.waybill.schemas.compatibility.InvalidSchemaException;
import dev.waybill.schemas.compatibility.Level;
import dev.waybill.schemas.compatibility.Problem;
import dev.waybill.schemas.compatibility.Version;
import dev.waybill.schemas.difference.Change;
import dev.waybill.schemas.difference.Difference;
import dev.waybill.schemas.folder.SchemaFolder;
import dev.waybill.schemas.folder.Subject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what changed between two versions. */
@Command(
    name = "diff",
    description = {
      "Says what changed between two versions, and which of the two can read the other's events.",
      "Without versions: from the last released one to the working schema."
    })
final class DiffCommand extends FolderCommand {
  @Parameters(index = "0", paramLabel = "<subject>")
  private String subject = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "v1", description = "From this version.")
  private @Nullable Integer from;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "v2",
      description = "To this version; without it, to the working schema.")
  private @Nullable Integer to;

  private record Diff(
      String subject, String from, String to, List<Change> changes, List<Problem> problems) {}

  @Override
  int run(SchemaFolder schemas) throws IOException, InvalidSchemaException {
    Subject shown = schemas.subjects(List.of(subject)).get(0);
    try {
      List<Version> released = shown.released();
      if (released.isEmpty()) {
        return end(subject + " was never released: there is nothing to compare with", FAILED);
      }
      Version older = from == null ? released.get(released.size() - 1) : version(released, from);
      Version newer =
          to == null ? new Version(0, shown.working(), Subject.WORKING) : version(released, to);
      show(older, between(released, older.number(), to == null ? Integer.MAX_VALUE : to), newer);
      return DONE;
    } catch (IllegalArgumentException noSuchVersion) {
      return end(noSuchVersion.getMessage(), REFUSED);
    }
  }

  /** The versions on the way from one to the other, upwards or downwards. */
  private static List<Version> between(List<Version> released, int from, int to) {
    return released.stream()
        .filter(one -> one.number() > Math.min(from, to))
        .filter(one -> one.number() < Math.max(from, to))
        .sorted(Comparator.comparingInt(one -> Math.abs(one.number() - from)))
        .toList();
  }

  private Version version(List<Version> released, int number) {
    return released.stream()
        .filter(one -> one.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no version %s; there are %s"
                        .formatted(
                            subject,
                            number,
                            released.stream()
                                .map(one -> Integer.toString(one.number()))
                                .collect(Collectors.joining(", ")))));
  }

  private void show(Version older, List<Version> between, Version newer) throws IOException {
    List<Change> changes = Difference.between(older.schema(), newer.schema());
    List<Problem> problems =
        Compatibility.problems(Level.FULL, older, between, newer.schema(), newer.file());
    String text =
        "%s: %s -> %s\n\n%s\n\n%s reads events of %s: %s\n%s reads events of %s: %s"
            .formatted(
                subject,
                name(older),
                name(newer),
                changes.isEmpty()
                    ? "  nothing changed"
                    : changes.stream().map(DiffCommand::line).collect(Collectors.joining("\n")),
                name(newer),
                name(older),
                yes(problems.stream().allMatch(one -> one.backward().isEmpty())),
                name(older),
                name(newer),
                yes(problems.stream().allMatch(one -> one.forward().isEmpty())));
    print(
        new Diff(subject, name(older), name(newer), changes, problems),
        text + Text.problems(subject, problems));
  }

  private static String line(Change change) {
    String mark =
        switch (change.kind()) {
          case FIELD_ADDED -> "+";
          case FIELD_REMOVED -> "-";
          default -> "~";
        };
    String what = change.path().isEmpty() ? "the schema" : change.path();
    return "  %s %s %s".formatted(mark, what, change.text());
  }

  private static String name(Version version) {
    return version.number() == 0 ? "the working schema" : "version " + version.number();
  }

  private static String yes(boolean holds) {
    return holds ? "yes" : "no";
  }
}
