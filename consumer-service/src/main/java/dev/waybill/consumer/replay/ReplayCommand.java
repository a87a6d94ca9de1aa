package dev.waybill.consumer.replay;

import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.replay.Replay;
import dev.waybill.deduplication.replay.ReplayClients;
import dev.waybill.deduplication.replay.Selection;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Secrets;
import dev.waybill.runtime.ServiceProcess;
import dev.waybill.runtime.Settings;
import dev.waybill.runtime.clients.ClientRules;
import dev.waybill.runtime.clients.KafkaSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code consumer-service replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Sends dead letters to the topic of replays; each event takes effect once.",
    footer = {
      "%nThe environment is the service's: KAFKA_BOOTSTRAP_SERVERS, KAFKA_CLIENT_<PROPERTY>,",
      "CONSUMER_TOPIC, CONSUMER_DEAD_LETTER_TOPIC, CONSUMER_REPLAY_TOPIC.",
      "Exit status: 0 done, 1 failed (run it again), 2 wrong settings or options."
    })
public final class ReplayCommand implements Callable<Integer> {

  /** Which letters: one of these has to be said. */
  static final class Which {
    @Option(
        names = "--event-id",
        split = ",",
        description = "The dead letters of these events, whatever the reason.")
    List<UUID> eventIds = List.of();

    @Option(
        names = "--reason",
        split = ",",
        description = "All dead letters of these reasons: ${COMPLETION-CANDIDATES}.")
    List<Reason> reasons = List.of();

    @Option(
        names = "--all",
        description =
            "All that the unchanged record can cure: UNDECODABLE, UNPROCESSABLE, WRONG_PARTITION.")
    boolean all;

    Selection selection(int limit) {
      return new Selection(
          Set.copyOf(eventIds), all ? Selection.CURABLE : Set.copyOf(reasons), limit);
    }
  }

  /** What the service allows, too. */
  private static final Map<String, String> ONLY =
      Map.of(
          ProducerConfig.ACKS_CONFIG, "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  @Option(names = "--dry-run", description = "Only say what would be sent.")
  private boolean dryRun;

  @Option(
      names = "--limit",
      defaultValue = "2147483647",
      description = "At most so many. Default: no limit.")
  private int limit;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Settings settings = new Settings(System.getenv());
      KafkaSettings kafka = KafkaSettings.from(settings, ONLY, Map.of());
      Map<String, Object> client = kafka.properties();
      kafka.check(ClientRules.CONSUMER, consumer(client));
      kafka.check(ClientRules.PRODUCER, ReplayClients.producer(client));
      String topic = settings.name("CONSUMER_TOPIC", "orders.events");
      String deadLetters =
          settings.name("CONSUMER_DEAD_LETTER_TOPIC", "orders.events.dead-letters");
      String replays = settings.name("CONSUMER_REPLAY_TOPIC", topic + ".replays");
      settings.verify();
      Replay.Result result =
          replay(client, new Replay.Topics(deadLetters, Set.of(topic, replays), replays), out);
      out.printf(
          "%s %s, left %s others%n",
          dryRun ? "would replay" : "replayed", result.replayed(), result.leftOut());
      return 0;
    } catch (BadSettingsException wrong) {
      err.println(wrong.getMessage());
      return ServiceProcess.REFUSED;
    } catch (UnknownTopicOrPartitionException missing) {
      err.println(missing.getMessage() + "; B creates it when it starts");
      return ServiceProcess.REFUSED;
    } catch (ExecutionException failure) {
      err.println(Secrets.hide("not all was sent; run it again: " + failure.getCause()));
      return 1;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private Replay.Result replay(Map<String, Object> client, Replay.Topics topics, PrintWriter out)
      throws ExecutionException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumer(client));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(ReplayClients.producer(client))) {
      return new Replay(consumer, producer, out).run(topics, which.selection(limit), dryRun);
    }
  }

  private static Map<String, Object> consumer(Map<String, Object> client) {
    Map<String, Object> config = ReplayClients.consumer(client);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return config;
  }
}
