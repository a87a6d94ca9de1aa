package dev.waybill.schemas.cli;

import dev.waybill.schemas.compatibility.Level;
import dev.waybill.schemas.folder.SchemaFolder;
import dev.waybill.schemas.gate.Gate;
import dev.waybill.schemas.gate.State;
import dev.waybill.schemas.gate.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows what subjects there are. */
@Command(
    name = "list",
    description = "Shows each subject: its level, its released versions, and what is not released.")
final class ListCommand extends FolderCommand {
  private record Line(String subject, Level level, List<Integer> released, State state) {}

  @Override
  int run(SchemaFolder schemas) throws IOException {
    List<Verdict> verdicts = Gate.verdicts(schemas.subjects());
    int width = verdicts.stream().mapToInt(one -> one.subject().length()).max().orElse(1);
    print(
        verdicts.stream()
            .map(one -> new Line(one.subject(), one.level(), one.released(), one.state()))
            .toList(),
        verdicts.stream()
            .map(
                one ->
                    ("%-" + width + "s  %-19s  %s")
                        .formatted(one.subject(), one.level(), Text.state(one)))
            .collect(Collectors.joining("\n")));
    return DONE;
  }
}
