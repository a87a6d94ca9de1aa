package dev.waybill.consumer.letters;

import dev.waybill.consumer.http.NotAvailableException;
import dev.waybill.consumer.http.Query;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Answers what is in the index of the letters; any instance has all of them. */
final class LetterRoutes {
  private static final int MOST = 1_000;
  private static final List<String> FILTER =
      List.of("reason", "fingerprint", "eventId", "key", "state", "source", "from", "to");
  private static final List<String> PAGED =
      Stream.concat(FILTER.stream(), Stream.of("after", "limit")).toList();

  private final LetterIndex index;
  private final BooleanSupplier isRead;

  /**
   * @param isRead whether the index has all that the topic had
   */
  LetterRoutes(LetterIndex index, BooleanSupplier isRead) {
    this.index = index;
    this.isRead = isRead;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/dead-letters", this::letters);
    config.routes.get("/dead-letters/groups", this::groups);
  }

  private void letters(Context context) {
    Query query = Query.of(context, PAGED);
    LetterFilter filter = filter(query);
    Position after =
        query.parsed("after", Position::parse, "must be what an earlier page gave as next");
    int limit = query.integer("limit", 100, 1, MOST);
    refuseUnlessRead();
    context.json(LettersJson.of(index.page(filter, after, limit)));
  }

  private void groups(Context context) {
    LetterFilter filter = filter(Query.of(context, FILTER));
    refuseUnlessRead();
    context.json(new LettersJson.GroupsJson(index.groups(filter), index.isTruncated()));
  }

  private static LetterFilter filter(Query query) {
    return new LetterFilter(
        query.text("reason"),
        query.text("fingerprint"),
        query.uuid("eventId"),
        query.text("key"),
        query.parsed("state", State::of, "must be open, replayed, applied or discarded"),
        query.text("source"),
        query.instant("from"),
        query.instant("to"));
  }

  private void refuseUnlessRead() {
    if (!isRead.getAsBoolean()) {
      throw new NotAvailableException("the dead letters are not read yet", null);
    }
  }
}
