package dev.waybill.schemas.cli;

import dev.waybill.schemas.folder.SchemaFolder;
import dev.waybill.schemas.gate.Gate;
import dev.waybill.schemas.gate.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Holds working schemas against what was released: what {@code mvn verify} does, by itself. */
@Command(
    name = "check",
    description = {
      "Holds the working schemas against every version released before, as mvn verify does.",
      "Asks nobody and changes nothing. Exit status 1 when one must not be released."
    })
final class CheckCommand extends FolderCommand {
  @Parameters(paramLabel = "<subject>", description = "All when none is named.")
  private List<String> subjects = List.of();

  private record Checked(boolean passes, List<Verdict> subjects) {}

  @Override
  int run(SchemaFolder schemas) throws IOException {
    List<Verdict> verdicts = Gate.verdicts(schemas.subjects(subjects));
    boolean passes = verdicts.stream().allMatch(Verdict::passes);
    print(
        new Checked(passes, verdicts),
        verdicts.stream().map(Text::of).collect(Collectors.joining("\n")));
    return passes ? DONE : FAILED;
  }
}
