package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.console.text.Count;
import dev.waybill.deduplication.DeadLetterHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** In what a repair is not the record that the letter is of. */
final class Changes {
  private Changes() {}

  /** All; of headers that are not shown, only that they were there. */
  static List<Repair.Change> of(
      ConsumerRecord<byte[], byte[]> letter,
      ProducerRecord<byte[], byte[]> event,
      Payloads payloads) {
    List<Repair.Change> changes = new ArrayList<>();
    if (!Arrays.equals(letter.key(), event.key())) {
      changes.add(new Repair.Change("key", text(letter.key()), text(event.key())));
    }
    Map<String, String> before = headers(DeadLetterHeaders.withoutThem(letter.headers()));
    Map<String, String> after = headers(event.headers());
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        boolean shown = payloads.showHeader(name) || !before.containsKey(name);
        changes.add(
            new Repair.Change(name, shown ? before.get(name) : "not shown", after.get(name)));
      }
    }
    if (!Arrays.equals(letter.value(), event.value())) {
      changes.add(
          new Repair.Change(
              "value", bytes(letter.value()), bytes(event.value()) + ", which can be decoded"));
    }
    return changes;
  }

  /** Several of one name in one text. */
  private static Map<String, String> headers(Headers headers) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Header header : headers) {
      String value = header.value() == null ? "null" : new String(header.value(), UTF_8);
      all.merge(header.key(), value, (one, more) -> one + ", " + more);
    }
    return all;
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  private static @Nullable String bytes(byte @Nullable [] value) {
    return value == null ? null : Count.of(value.length, "byte");
  }
}
