package dev.waybill.console;

import dev.waybill.console.cli.AuditCommand;
import dev.waybill.console.cli.JournalCommand;
import dev.waybill.console.cli.LettersCommand;
import dev.waybill.console.cli.QuarantineCommand;
import dev.waybill.console.cli.TraceCommand;
import dev.waybill.runtime.ServiceProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The console's command line: the page without a command, else one of the commands. */
@Command(
    name = "waybill",
    mixinStandardHelpOptions = true,
    version = "console 0.1.0",
    description = "The operator's console: its page, or one of its commands.",
    subcommands = {
      TraceCommand.class,
      AuditCommand.class,
      LettersCommand.class,
      QuarantineCommand.class,
      JournalCommand.class
    },
    footerHeading = "%nEnvironment (durations such as 500ms, 30s, 7d):%n",
    footer = {
      "  DATABASE_URL, _USER, _PASSWORD  jdbc:postgresql://localhost:5432/orders, postgres, none",
      "  KAFKA_BOOTSTRAP_SERVERS         localhost:9092",
      "  KAFKA_CLIENT_<PROPERTY>         any Kafka client property, e.g. _SECURITY_PROTOCOL",
      "  SCHEMA_REGISTRY_URL             http://localhost:8090",
      "  SCHEMA_REGISTRY_USER_INFO       none (user:password)",
      "  CONSOLE_RELAYS                  http://localhost:8081, of all relays, with commas",
      "  CONSOLE_RELAY_TOKEN             none; RELAY_ACTION_TOKEN of the relays",
      "  CONSOLE_CONSUMERS               http://localhost:8082, of some instances of B",
      "  CONSUMER_TOPIC, CONSUMER_DEAD_LETTER_TOPIC, CONSUMER_REPLAY_TOPIC,",
      "  CONSUMER_APPLICATION_ID         as B has them",
      "  CONSOLE_JOURNAL_TOPIC           waybill-journal",
      "  CONSOLE_STATEMENT_TIMEOUT       2s, of each question to A's database",
      "  CONSOLE_PAYLOADS                masked; none, or full",
      "  CONSOLE_TOKEN                   none: whoever knows it may act",
      "  CONSOLE_USER_HEADER             none: in which a proxy says who acts",
      "  CONSOLE_HOSTS                   none: names of this host, beside those of the loopback",
      "  HTTP_HOST, HTTP_PORT            127.0.0.1, 8083",
      "  LOG_LEVEL, LOG_LEVEL_KAFKA      INFO, WARN",
      "Exit status: 143 ended by SIGTERM, 1 failed, 2 wrong settings."
    })
public final class ConsoleService implements Callable<Integer> {

  public static void main(String[] args) {
    System.exit(new CommandLine(new ConsoleService()).execute(args));
  }

  @Override
  public Integer call() {
    return ServiceProcess.run("console", Console::start);
  }
}
