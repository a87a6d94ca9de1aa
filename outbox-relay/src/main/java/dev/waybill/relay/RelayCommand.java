package dev.waybill.relay;

import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.source.OutboxUnreadableException;
import dev.waybill.relay.source.StandbyException;
import dev.waybill.relay.topic.RelayTopics;
import dev.waybill.relay.topic.TopicChangedException;
import dev.waybill.relay.topic.Topics;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Secrets;
import dev.waybill.runtime.ServiceProcess;
import dev.waybill.runtime.Settings;
import dev.waybill.runtime.transactions.HangingTransactionException;
import dev.waybill.runtime.transactions.OpenTransactionException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that has the relay's environment: how it ends, and what it says then. */
abstract class RelayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  RelayCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Does it; returns the exit status. */
  abstract int run(Settings settings, PrintWriter out, PrintWriter err)
      throws SQLException, InterruptedException;

  /** What is said of a failure, and of what it has left. */
  abstract String words(Exception failure);

  /**
   * The relay's topics, once they are found fit.
   *
   * @throws BadSettingsException naming everything that is wrong with them
   * @throws KafkaException when Kafka is away or denies the right
   */
  static RelayTopics topics(RelaySettings relay) throws InterruptedException {
    return new Topics(relay.kafka())
        .prepareNow(relay.eventRules(), relay.cursorRules(), relay.deadLetterRules());
  }

  @Override
  public final Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      return run(new Settings(environment), out, err);
    } catch (BadSettingsException wrong) {
      err.println(wrong.getMessage());
      return ServiceProcess.REFUSED;
    } catch (SQLException
        | KafkaException
        | OpenTransactionException
        | HangingTransactionException
        | OutboxUnreadableException
        | StandbyException
        | TopicChangedException
        | UnreadableCursorException failure) {
      err.println(Secrets.hide(words(failure)));
      return 1;
    } finally {
      out.flush();
      err.flush();
    }
  }
}
