package dev.waybill.deduplication;

import dev.waybill.deduplication.Envelope.Problem;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * As Waybill's relay writes them, CloudEvents' Kafka binding in binary mode: the id is a UUID of
 * version 7, and there is a version.
 */
final class RelayHeaders implements EventIdentity<Object, Object> {
  static final String ID = "ce_id";
  static final String VERSION = "ce_sequence";
  static final String TYPE = "ce_type";
  static final String TIME = "ce_time";

  @Override
  public Envelope of(Object key, Object value, Headers headers, long timestamp) {
    byte[] idText = HeaderText.value(headers, ID);
    byte[] versionText = HeaderText.value(headers, VERSION);
    byte[] type = HeaderText.value(headers, TYPE);
    UUID id = idText == null ? null : EventId.parse(idText);
    long version = versionText == null ? 0 : HeaderText.version(versionText);
    Problem problem = id == null || version == 0 ? problem(idText, id, versionText) : null;
    return new Envelope(id, version, type == null ? Envelope.NOTHING : type, problem);
  }

  @Override
  public @Nullable Instant time(Object key, Object value, Headers headers) {
    byte[] time = HeaderText.value(headers, TIME);
    return time == null ? null : EventTime.parse(time);
  }

  private static Problem problem(
      byte @Nullable [] idText, @Nullable UUID id, byte @Nullable [] versionText) {
    if (idText == null) {
      return new Problem(Reason.MISSING_ID, "no header " + ID);
    }
    if (id == null) {
      return new Problem(
          Reason.INVALID_ID, ID + " is not a UUID of version 7: " + HeaderText.excerpt(idText));
    }
    return EventHeaders.versionProblem(VERSION, versionText);
  }
}
