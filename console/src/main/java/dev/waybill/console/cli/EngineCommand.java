package dev.waybill.console.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.waybill.console.engine.Engine;
import dev.waybill.console.engine.EngineSettings;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.SystemB;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.ServiceProcess;
import dev.waybill.runtime.ServiceServer;
import dev.waybill.runtime.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that asks the engine. Exit status 0 when what was asked for is there and agrees, 1 when
 * not or when somebody is away, 2 for wrong usage or settings.
 */
@Command(
    mixinStandardHelpOptions = true,
    footerHeading = "%n",
    footer = {
      "The environment is the console's: see docs/console.md. Exit status: 0 found, or agrees;",
      "1 not, or somebody is away; 2 wrong usage or settings."
    })
abstract class EngineCommand implements Callable<Integer> {
  private static final ObjectWriter JSON =
      ServiceServer.json().writer(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, String> environment;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Spec private CommandSpec spec;

  EngineCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Asks and prints; returns the exit status.
   *
   * @throws IllegalArgumentException when what was given cannot be used: exit status 2
   */
  abstract int run(Engine engine) throws InterruptedException;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Settings settings = new Settings(environment);
      EngineSettings read = EngineSettings.from(settings);
      settings.verify();
      try (Engine engine = Engine.open(read)) {
        return run(engine);
      }
    } catch (BadSettingsException wrong) {
      err().println(wrong.getMessage());
      return ServiceProcess.REFUSED;
    } catch (AwayException away) {
      err().println(Terminal.harmless(String.valueOf(away.getMessage())));
      return 1;
    } catch (SystemB.RefusedException | IllegalArgumentException refused) {
      return refuse(String.valueOf(refused.getMessage()));
    } finally {
      out().flush();
      err().flush();
    }
  }

  /** Whether a program reads it. */
  boolean isJson() {
    return json;
  }

  /** Prints a value for programs. */
  void print(Object value) {
    try {
      // Jackson leaves C1 and what turns text around as they are; terminals may not.
      out().println(Escapes.ofJson(JSON.writeValueAsString(value)));
    } catch (IOException notWritten) {
      throw new IllegalStateException(notWritten);
    }
  }

  /** Prints a line, without anything that a terminal would take for a command. */
  void say(String line) {
    out().println(Terminal.harmless(line));
  }

  /** Tells on the way how far it is: on a terminal only, in one line. */
  void tell(String words) {
    if (Boolean.getBoolean("waybill.terminal")) {
      err().print("\r\033[K" + Terminal.harmless(words) + "\r");
      err().flush();
    }
  }

  /** Refuses what was given: exit status 2. */
  int refuse(String why) {
    err().println("waybill: " + Terminal.harmless(why));
    return ServiceProcess.REFUSED;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
