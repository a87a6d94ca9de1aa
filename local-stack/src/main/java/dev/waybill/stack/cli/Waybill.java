package dev.waybill.stack.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands of {@code ./waybill} that are Java programs. The script itself lists all of them and
 * knows which module has which; each of these modules has a main class that calls {@link #run}.
 */
@Command(name = "waybill", description = "Waybill on this machine: everything on 127.0.0.1.")
public final class Waybill {
  private Waybill() {}

  public static void main(String[] args) {
    System.exit(
        run(args, UpCommand.class, DownCommand.class, StatusCommand.class, SuperviseCommand.class));
  }

  /**
   * Runs one of the commands.
   *
   * @param args the command's name first, then its options
   * @param commands picocli commands, each with a constructor without parameters
   * @return the exit status: that of the command, 1 when it failed, 2 for wrong usage
   */
  public static int run(String[] args, Class<?>... commands) {
    CommandLine waybill = new CommandLine(new Waybill());
    for (Class<?> command : commands) {
      waybill.addSubcommand(command);
    }
    waybill.setCaseInsensitiveEnumValuesAllowed(true);
    waybill.setParameterExceptionHandler(Waybill::misused);
    return waybill.setExecutionExceptionHandler(Waybill::failed).execute(args);
  }

  private static int misused(CommandLine.ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command
        .getErr()
        .println(
            "waybill: %s (see ./%s --help)"
                .formatted(wrong.getMessage(), command.getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }

  /** A failure's message is for people; its stack trace is only for those who ask for it. */
  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    command.getErr().println("waybill: " + words(failure));
    if (System.getenv("WAYBILL_STACKTRACE") != null) {
      failure.printStackTrace(command.getErr());
    } else {
      command.getErr().println("(WAYBILL_STACKTRACE=1 shows where)");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Of some failures of the file system the message is no more than the file. */
  private static @Nullable String words(Exception failure) {
    return failure instanceof FileSystemException refused && refused.getReason() == null
        ? "cannot use " + refused.getFile() + ": " + why(refused)
        : failure.getMessage();
  }

  private static String why(FileSystemException refused) {
    if (refused instanceof AccessDeniedException) {
      return "no permission";
    }
    if (refused instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return refused instanceof FileAlreadyExistsException ? "it exists" : "the system refuses it";
  }
}
