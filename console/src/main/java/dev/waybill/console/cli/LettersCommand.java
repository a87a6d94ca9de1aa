package dev.waybill.console.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./waybill letters}: only its subcommands do something. */
@Command(
    name = "letters",
    mixinStandardHelpOptions = true,
    description = "Shows what B refused, and replays, repairs, discards or restores it.",
    subcommands = {
      ListCommand.class,
      GroupsCommand.class,
      ShowCommand.class,
      EditCommand.class,
      RepairCommand.class,
      ActCommand.Replay.class,
      ActCommand.Discard.class,
      ActCommand.Restore.class
    })
public final class LettersCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "one of its commands is needed");
  }
}
