package dev.waybill.schemas.cli;

import dev.waybill.schemas.folder.SchemaFolder;
import dev.waybill.schemas.folder.Subject;
import dev.waybill.schemas.gate.Gate;
import dev.waybill.schemas.gate.State;
import dev.waybill.schemas.gate.Verdict;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Freezes a working schema as the next version. */
@Command(
    name = "release",
    description = {
      "Freezes the working schema as the subject's next version, if the gate lets it pass.",
      "What is released is never changed again: events of it exist for as long as the topic does."
    })
final class ReleaseCommand extends FolderCommand {
  private static final String REGISTRY_NEXT =
      "Before the services that write it are started, ./waybill schema register tells the registry.";
  private static final String STORE_NEXT =
      "Once it is written, programs that do not know this version cannot read the store.";

  @Parameters(paramLabel = "<subject>")
  private String subject = "";

  private record Released(String subject, int version, String file) {}

  @Override
  int run(SchemaFolder schemas) throws IOException {
    Subject released = schemas.subjects(List.of(subject)).get(0);
    Verdict verdict = Gate.verdict(released);
    if (!verdict.passes()) {
      print(verdict, Text.of(verdict));
      return end("nothing was released", FAILED);
    }
    if (verdict.state() == State.RELEASED) {
      return end(subject + " has not changed since its last version", FAILED);
    }
    int version = released.release();
    String file = "%s/released/%s.avsc".formatted(released.folder(), version);
    print(
        new Released(subject, version, file),
        """
        %s: released version %s
        Commit %s and the checksums beside it.
        %s"""
            .formatted(subject, version, file, released.isStore() ? STORE_NEXT : REGISTRY_NEXT));
    return DONE;
  }
}
