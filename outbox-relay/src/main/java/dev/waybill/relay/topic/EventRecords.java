package dev.waybill.relay.topic;

import dev.waybill.registry.WireFormat;
import dev.waybill.relay.source.OutboxRow;
import java.sql.SQLException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row the record of the topic: key, wire format, headers; the payload is not decoded. Of
 * one lane, hence of one thread.
 */
public final class EventRecords {
  /**
   * A record's timestamp is when it is published: {@code min.compaction.lag.ms} counts from there,
   * and brokers refuse one of the future. When the event occurred is its {@code ce_time}.
   */
  private static final @Nullable Long NOW = null;

  private final RelayTopic topic;
  private final SchemaIds schemaIds;
  private final CloudEvents cloudEvents;

  /**
   * Makes records of one topic.
   *
   * @param source CloudEvents' source: a URI reference that names system A
   */
  public EventRecords(RelayTopic topic, String source, SchemaIds schemaIds) {
    this.topic = topic;
    this.schemaIds = schemaIds;
    this.cloudEvents = new CloudEvents(source);
  }

  /**
   * The record of a row.
   *
   * @throws UnusableEventException when none can be made of it
   * @throws SQLException when the row's schema is not known yet and the database is away
   * @throws dev.waybill.registry.RegistryException when the registry is away or refuses the schema
   */
  public ProducerRecord<byte[], byte[]> of(OutboxRow row) throws SQLException {
    String flaw = row.flaw();
    if (flaw != null) {
      throw new UnusableEventException(flaw, null);
    }
    return new ProducerRecord<>(
        topic.name(),
        topic.partitionOf(row.aggregateId()),
        NOW,
        row.aggregateId(),
        value(row),
        cloudEvents.headers(row));
  }

  private byte @Nullable [] value(OutboxRow row) throws SQLException {
    byte[] payload = row.payload();
    Integer schemaId = row.schemaId();
    if (payload == null) {
      return null;
    }
    if (schemaId == null) {
      throw new UnusableEventException("it has a payload, but no schema_id", null);
    }
    return WireFormat.frame(schemaIds.registryId(schemaId), payload);
  }
}
