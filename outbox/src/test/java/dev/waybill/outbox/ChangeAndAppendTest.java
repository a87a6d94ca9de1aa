package dev.waybill.outbox;

import static dev.waybill.outbox.Parcels.GRAMS;
import static dev.waybill.outbox.Parcels.ID;
import static dev.waybill.outbox.Parcels.PARCEL;
import static dev.waybill.outbox.Parcels.VERSION;
import static dev.waybill.outbox.jooq.Tables.OUTBOX_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.RowCountQuery;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
class ChangeAndAppendTest {
  private final DSLContext database = Postgres.database();
  private Outbox outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcels.SCHEMA));

  @BeforeEach
  void open() {
    outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcels.SCHEMA));
    database.execute("INSERT INTO parcel VALUES ('a', 1, 10), ('b', 1, 10)");
  }

  private static RowCountQuery update(Configuration tx, String id, long expectedVersion) {
    return tx.dsl()
        .update(PARCEL)
        .set(VERSION, expectedVersion + 1)
        .set(GRAMS, 77L)
        .where(ID.eq(id).and(VERSION.eq(expectedVersion)));
  }

  private long version(String id) {
    return database.fetchSingle("SELECT version FROM parcel WHERE id = ?", id).get(0, Long.class);
  }

  @Test
  void updateAndEventAreOneStatement() {
    OutboxEvent event = Parcels.sent("a", 2);

    boolean done =
        database.transactionResult(tx -> outbox.changeAndAppend(tx, update(tx, "a", 1), event));

    assertThat(done).isTrue();
    assertThat(version("a")).isEqualTo(2);
    assertThat(database.fetchSingle(OUTBOX_EVENT).get(OUTBOX_EVENT.EVENT_ID))
        .isEqualTo(event.eventId());
  }

  @Test
  void changeWithoutARowAppendsNothing() {
    boolean done =
        database.transactionResult(
            tx -> outbox.changeAndAppend(tx, update(tx, "a", 41), Parcels.sent("a", 42)));

    assertThat(done).isFalse();
    assertThat(database.fetchCount(OUTBOX_EVENT)).isZero();
  }

  @Test
  void insertAndDeleteWorkToo() {
    database.transaction(
        tx -> {
          assertThat(
                  outbox.changeAndAppend(
                      tx,
                      tx.dsl()
                          .insertInto(PARCEL, ID, VERSION, GRAMS)
                          .values("c", 1L, 5L)
                          .onConflictDoNothing(),
                      Parcels.sent("c", 1)))
              .isTrue();
          assertThat(
                  outbox.changeAndAppend(
                      tx,
                      tx.dsl()
                          .insertInto(PARCEL, ID, VERSION, GRAMS)
                          .values("c", 1L, 5L)
                          .onConflictDoNothing(),
                      Parcels.sent("c", 1)))
              .isFalse();
          assertThat(
                  outbox.changeAndAppend(
                      tx,
                      tx.dsl().deleteFrom(PARCEL).where(ID.eq("b")),
                      OutboxEvent.tombstone("parcel", "b", 2, "ParcelForgotten")))
              .isTrue();
        });

    assertThat(
            database
                .selectFrom(OUTBOX_EVENT)
                .orderBy(OUTBOX_EVENT.SEQ)
                .fetch(OUTBOX_EVENT.AGGREGATE_ID))
        .containsExactly("c", "b");
    assertThat(database.fetchValue("SELECT string_agg(id, ',' ORDER BY id) FROM parcel"))
        .isEqualTo("a,c");
  }

  @Test
  void changeOfMoreThanOneRowIsRefusedAndWritesNothing() {
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx ->
                        outbox.changeAndAppend(
                            tx, tx.dsl().update(PARCEL).set(GRAMS, 0L), Parcels.sent("a", 2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than one row");

    assertThat(database.fetchCount(OUTBOX_EVENT)).isZero();
    assertThat(database.fetchValue("SELECT sum(grams)::bigint FROM parcel")).isEqualTo(20L);
  }

  @Test
  void rollbackTakesChangeAndEventBack() {
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      outbox.changeAndAppend(tx, update(tx, "a", 1), Parcels.sent("a", 2));
                      throw new IllegalStateException("the business said no");
                    }))
        .hasMessage("the business said no");

    assertThat(version("a")).isEqualTo(1);
    assertThat(database.fetchCount(OUTBOX_EVENT)).isZero();
  }

  @Test
  void outsideATransactionTheStatementIsOne() {
    assertThat(
            outbox.changeAndAppend(
                database.configuration(),
                update(database.configuration(), "a", 1),
                Parcels.sent("a", 2)))
        .isTrue();

    assertThat(version("a")).isEqualTo(2);
    assertThat(database.fetchCount(OUTBOX_EVENT)).isEqualTo(1);
  }

  /** A number taken before the row's lock was granted would put the later event first. */
  @Test
  void numberIsTakenAfterTheRowIsLocked() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch append = new CountDownLatch(1);
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(
            () ->
                database.transaction(
                    tx -> {
                      tx.dsl().execute("SELECT FROM parcel WHERE id = 'a' FOR UPDATE");
                      locked.countDown();
                      append.await();
                      outbox.changeAndAppend(tx, update(tx, "a", 1), Parcels.sent("a", 2));
                    }));
    locked.await();
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(
            () ->
                database.transactionResult(
                    tx ->
                        outbox.changeAndAppend(
                            tx,
                            tx.dsl().update(PARCEL).set(VERSION, 3L).where(ID.eq("a")),
                            Parcels.sent("a", 3))));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> database.fetchCount(DSL.table("pg_locks"), DSL.condition("NOT granted")) > 0);
    append.countDown();
    first.get(20, TimeUnit.SECONDS);
    assertThat(second.get(20, TimeUnit.SECONDS)).isTrue();

    assertThat(
            database
                .selectFrom(OUTBOX_EVENT)
                .orderBy(OUTBOX_EVENT.SEQ)
                .fetch(OUTBOX_EVENT.AGGREGATE_VERSION))
        .containsExactly(2L, 3L);
  }
}
