package dev.waybill.deduplication;

import static dev.waybill.deduplication.testkit.TestEvents.outboxed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.testkit.DeduplicationTestDriver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedOutputsTest {
  private final StreamsBuilder builder = new StreamsBuilder();
  private final Map<String, Object> config = new HashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"moves", "parcels"})
  void outputThatIsTooLargeIsTheRecordsOfWhicheverDeduplicationOfTheApplication(String topic) {
    DeduplicationSettings moves = deduplicate("moves");
    DeduplicationSettings parcels = deduplicate("parcels");
    RefusedOutputs handler = new RefusedOutputs();
    handler.configure(config);

    refuse(handler, topic);
    refuse(handler, topic);

    DeduplicationSettings refused = topic.equals("moves") ? moves : parcels;
    try (var driver =
        new DeduplicationTestDriver<>(
            refused,
            new StringSerializer(),
            new StringSerializer(),
            Sent.NOON,
            listener -> builder.build())) {
      for (String each : new String[] {"moves", "parcels"}) {
        driver
            .driver()
            .createInputTopic(each, new StringSerializer(), new StringSerializer())
            .pipeInput(outboxed(1, "p-1", "packed", Sent.NOON));
      }
      driver.assertDeadLetters(Reason.UNPROCESSABLE);
      assertThat(driver.driver().producedTopicNames())
          .filteredOn(name -> name.endsWith(".dead-letters"))
          .containsExactly(topic + ".dead-letters");
    }
  }

  private DeduplicationSettings deduplicate(String name) {
    DeduplicationSettings settings =
        new DeduplicationSettings(name, name, name + ".dead-letters", Duration.ofDays(7));
    StreamDeduplication<String, String> deduplication =
        new StreamDeduplication<>(
            settings,
            Serdes.String(),
            Serdes.String(),
            EventHeaders.debezium(),
            (decision, key, source) -> {});
    deduplication
        .newEvents(builder.stream(name, Consumed.with(Serdes.String(), Serdes.String())))
        .foreach((key, event) -> {});
    config.putAll(deduplication.streamsConfig());
    return settings;
  }

  /** As Kafka Streams says it of the first record. */
  @SuppressWarnings("NullAway") // what the handler does not look at
  private static void refuse(RefusedOutputs handler, String topic) {
    ErrorHandlerContext context =
        new DefaultErrorHandlerContext(
            null, topic, 0, 0, new RecordHeaders(), "sink", new TaskId(0, 0), 0, null, null);
    handler.handleError(
        context, new ProducerRecord<>("effects", new byte[0]), new RecordTooLargeException());
  }
}
