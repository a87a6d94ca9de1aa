package dev.waybill.stack.cli;

import dev.waybill.schemas.cli.SchemaCommand;
import dev.waybill.stack.bench.BenchCommand;
import dev.waybill.stack.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the local stack. */
@Command(
    name = "waybill",
    mixinStandardHelpOptions = true,
    version = "waybill 0.1.0",
    description = "Waybill on this machine: nothing to install, everything on 127.0.0.1.",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      BenchCommand.class,
      SchemaCommand.class,
      SuperviseCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage.",
    })
public final class Waybill {
  private Waybill() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Waybill()).setExecutionExceptionHandler(Waybill::failed).execute(args));
  }

  /** A failure's message is for people; its stack trace is only for those who ask for it. */
  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    command.getErr().println("waybill: " + failure.getMessage());
    if (System.getenv("WAYBILL_STACKTRACE") != null) {
      failure.printStackTrace(command.getErr());
    } else {
      command.getErr().println("(WAYBILL_STACKTRACE=1 shows where)");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
