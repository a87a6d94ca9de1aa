package dev.waybill.schemas.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command with its subcommands; {@link #main} runs it by itself. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Changes schemas without breaking what was released before.",
    subcommands = {
      CheckCommand.class,
      ListCommand.class,
      DiffCommand.class,
      ReleaseCommand.class,
      RegisterCommand.class,
      VerifyCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done, 1 something speaks against it or failed, 2 wrong usage or settings.",
    })
public final class SchemaCommand {

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    // By itself it logs nothing: what it has to say, it prints.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(
        new CommandLine(new SchemaCommand()).setCommandName("waybill schema").execute(args));
  }
}
