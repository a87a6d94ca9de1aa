package dev.waybill.proof.patterns.internalqueuerelay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.Deduplication;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.EventFormat;
import dev.waybill.deduplication.NewEvent;
import dev.waybill.deduplication.NotDecodableException;
import dev.waybill.proof.patterns.Steps;
import dev.waybill.registry.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Produced;

/** B on Kafka Streams: an effect is a record, with the time at which it was made behind it. */
public final class RecognisingB {
  private final String effects;
  private final Deduplication<GenericRecord> deduplication;

  /**
   * @param events the relay's topic
   * @param effects the topic of what takes effect
   * @param deadLetters the topic of what cannot
   */
  public RecognisingB(String events, String effects, String deadLetters) {
    this.effects = effects;
    this.deduplication =
        new Deduplication<>(
            new DeduplicationSettings("bookings", events, deadLetters, Duration.ofDays(7)),
            new Accounts(),
            (decision, key, source) -> {});
  }

  public Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    deduplication
        .newEvents(builder)
        .mapValues((account, event) -> effect(new String(account, UTF_8), event))
        .to(effects, Produced.with(Serdes.ByteArray(), Serdes.String()));
    return builder.build();
  }

  public Map<String, Object> config() {
    return deduplication.streamsConfig();
  }

  private static String effect(String account, NewEvent<GenericRecord> event) {
    return event.id() + " " + account + " " + event.version() + " " + Steps.now();
  }

  /** One schema is all there is. */
  private static final class Accounts implements EventFormat<GenericRecord> {
    @Override
    public GenericRecord decode(
        String topic, byte[] key, byte[] value, Headers headers, long version)
        throws NotDecodableException {
      int begin = contentStart(value, headers);
      try {
        return new GenericDatumReader<GenericRecord>(OutboxInTransaction.SCHEMA)
            .read(
                null, DecoderFactory.get().binaryDecoder(value, begin, value.length - begin, null));
      } catch (IOException damaged) {
        throw new NotDecodableException(String.valueOf(damaged.getMessage()), damaged);
      }
    }

    @Override
    public long version(GenericRecord value) {
      return (Long) value.get("version");
    }

    @Override
    public int contentStart(byte[] value, Headers headers) {
      return WireFormat.contentStart(headers, value);
    }
  }
}
