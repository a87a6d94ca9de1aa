package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.console.letters.Contents.Line;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Records;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.ReplayHeaders;
import dev.waybill.deduplication.replay.Letter;
import dev.waybill.registry.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes repairs of letters out of what people edit, and refuses what can be no repair. */
public final class Repairs {
  private final Records records;
  private final EditedValues values;
  private final Payloads payloads;

  /** Asks nothing yet. */
  public Repairs(Records records, EditedValues values, Payloads payloads) {
    this.records = records;
    this.values = values;
    this.payloads = payloads;
  }

  /**
   * What may be edited of a letter, as it is; empty when there is none at the place.
   *
   * @throws AwayException when Kafka cannot be asked
   */
  public Optional<Edit> edit(LetterPlace place) {
    return letter(place).map(this::edit);
  }

  private Optional<Letter> letter(LetterPlace place) {
    return records
        .record(place)
        .filter(record -> record.headers().lastHeader(DeadLetterHeaders.REASON) != null)
        .map(Letter::new);
  }

  private Edit edit(Letter letter) {
    List<Line> lines = new ArrayList<>();
    for (Header header : DeadLetterHeaders.withoutThem(letter.record().headers())) {
      offered(header).ifPresent(lines::add);
    }
    EditedValues.Offered value = values.offer(letter, payloads);
    return new Edit(
        letter.place().toString(),
        HeaderLines.text(letter.record().key()).orElse(null),
        lines,
        value.schema(),
        value.value());
  }

  /** As it may be edited; empty when it stays as it is. */
  private Optional<Line> offered(Header header) {
    return payloads.showHeader(header.key()) ? HeaderLines.line(header) : Optional.empty();
  }

  /**
   * The repair that an edit makes.
   *
   * @throws IllegalArgumentException when it makes none, or none that could help; the words say why
   * @throws AwayException when Kafka or the registry cannot be asked
   */
  public Repair repair(Edit edit) {
    Letter letter =
        LetterPlace.parse(edit.letter())
            .flatMap(this::letter)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no letter at " + edit.letter()));
    ProducerRecord<byte[], byte[]> event = event(letter, edit(letter), edit);
    List<Repair.Change> changes = Changes.of(letter.record(), event, payloads);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("nothing is edited: replay it as it is");
    }
    EditedId id = EditedId.of(letter, event.headers());
    return new Repair(letter, event, id.text(), id.isNew(), changes);
  }

  private ProducerRecord<byte[], byte[]> event(Letter letter, Edit offered, Edit edit) {
    Headers headers = headers(letter, offered, edit);
    byte[] key = key(letter, offered, edit);
    byte[] value = letter.record().value();
    if (edit.value() != null && !isSameValue(offered, edit)) {
      headers.remove(WireFormat.VALUE_SCHEMA); // It would go before the id that the value has.
      value = values.encode(edit, offered, headers);
    } else if (letter.record().headers().lastHeader(DeadLetterHeaders.VALUE_BYTES) != null) {
      throw new IllegalArgumentException(
          "the letter has not all of the value: only a whole new one can repair it");
    }
    return new ProducerRecord<>(letter.record().topic(), null, key, value, headers);
  }

  private static boolean isSameValue(Edit offered, Edit edit) {
    return edit.hasValueOf(offered)
        && (edit.schema() == null || edit.schema().equals(offered.schema()));
  }

  private static byte[] key(Letter letter, Edit offered, Edit edit) {
    String edited = Objects.requireNonNullElse(edit.key(), "");
    byte[] key = letter.record().key();
    if (!edited.isEmpty() && !edited.equals(offered.key())) {
      return edited.getBytes(UTF_8);
    }
    if (key == null) {
      throw new IllegalArgumentException("the letter has no key: give it the aggregate's id");
    }
    return key;
  }

  /** Those that cannot be edited first, so that of two of one name the edited one counts. */
  private Headers headers(Letter letter, Edit offered, Edit edit) {
    Headers own = DeadLetterHeaders.withoutThem(letter.record().headers());
    if (edit.headers().equals(offered.headers())) {
      return own;
    }
    edit.headers().forEach(Repairs::check);
    Set<String> edited = edit.headers().stream().map(Line::name).collect(Collectors.toSet());
    Headers headers = new RecordHeaders();
    for (Header header : own) {
      if (offered(header).isEmpty() && !edited.contains(header.key())) {
        headers.add(header);
      }
    }
    edit.headers().forEach(line -> headers.add(line.name(), line.value().getBytes(UTF_8)));
    return headers;
  }

  private static void check(Line line) {
    if (line.name() == null || line.name().isBlank() || line.value() == null) {
      throw new IllegalArgumentException("a header has a name and a value");
    }
    if (line.name().startsWith(DeadLetterHeaders.PREFIX)
        || line.name().startsWith(ReplayHeaders.PREFIX)) {
      throw new IllegalArgumentException(
          "the header %s is not yours to give".formatted(line.name()));
    }
  }
}
