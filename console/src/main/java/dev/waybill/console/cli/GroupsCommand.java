package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.Letters;
import dev.waybill.console.text.Count;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./waybill letters groups}. */
@Command(name = "groups", description = "Groups dead letters by their cause.")
final class GroupsCommand extends EngineCommand {
  @Mixin private FilterOptions filter;

  GroupsCommand() {
    super(System.getenv());
  }

  @Override
  int run(Engine engine) {
    List<Letters.Group> groups = engine.letters().groups(filter.query());
    if (isJson()) {
      print(groups);
    } else {
      for (Letters.Group one : groups) {
        say(
            "%s  %s  %s, %s open, from %s to %s"
                .formatted(
                    one.fingerprint(),
                    one.reason(),
                    Count.of(one.count(), "letter"),
                    one.open(),
                    one.oldest(),
                    one.newest()));
        say("    " + one.detail());
      }
      say(groups.isEmpty() ? "no such letters" : Count.of(groups.size(), "group"));
    }
    return groups.isEmpty() ? 1 : 0;
  }
}
