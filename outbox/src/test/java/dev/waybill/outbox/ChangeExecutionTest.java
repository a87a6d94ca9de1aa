package dev.waybill.outbox;

import static dev.waybill.outbox.Parcels.GRAMS;
import static dev.waybill.outbox.Parcels.ID;
import static dev.waybill.outbox.Parcels.PARCEL;
import static dev.waybill.outbox.Parcels.VERSION;
import static dev.waybill.outbox.jooq.Tables.OUTBOX_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.InsertSetMoreStep;
import org.jooq.RowCountQuery;
import org.jooq.SQLDialect;
import org.jooq.conf.InvocationOrder;
import org.jooq.conf.RenderKeywordCase;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.MockConnection;
import org.jooq.tools.jdbc.MockExecuteContext;
import org.jooq.tools.jdbc.MockResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change and its event are one statement in whichever way the caller's jOOQ executes changes. */
@ExtendWith(Postgres.class)
class ChangeExecutionTest {
  private final DSLContext database = Postgres.database();
  private Outbox outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcels.SCHEMA));

  @BeforeEach
  void open() {
    outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcels.SCHEMA));
  }

  private static InsertSetMoreStep<?> insert(Configuration tx, String id) {
    return tx.dsl().insertInto(PARCEL).set(ID, id).set(VERSION, 1L).set(GRAMS, 5L);
  }

  private void assertWritten(String... ids) {
    assertThat(database.fetch("SELECT id FROM parcel ORDER BY id").getValues(0, String.class))
        .containsExactlyInAnyOrder(ids);
    assertThat(database.fetch(OUTBOX_EVENT).getValues(OUTBOX_EVENT.AGGREGATE_ID))
        .containsExactlyInAnyOrder(ids);
  }

  static List<Settings> settings() {
    return List.of(
        new Settings()
            .withRenderLocale(Locale.ROOT)
            .withRenderNameCase(RenderNameCase.UPPER)
            .withRenderQuotedNames(RenderQuotedNames.NEVER),
        new Settings()
            .withRenderLocale(Locale.ROOT)
            .withRenderKeywordCase(RenderKeywordCase.UPPER)
            .withRenderFormatted(true),
        new Settings().withStatementType(StatementType.STATIC_STATEMENT),
        new Settings().withQueryTimeout(10));
  }

  @ParameterizedTest
  @MethodSource
  void settings(Settings settings) {
    DSLContext own = DSL.using(database.configuration().derive(settings));

    own.transaction(
        tx -> outbox.changeAndAppend(tx, insert(tx, "what's"), Parcels.sent("what's", 1)));

    assertWritten("what's");
  }

  /** The same SQL again, other SQL, SQL without a parameter, SQL with a question mark in it. */
  @Test
  void changesOfEveryShapeTakeTurns() {
    database.transaction(
        tx -> {
          for (String id : List.of("a", "b", "c")) {
            outbox.changeAndAppend(tx, insert(tx, id), Parcels.sent(id, 1));
          }
          RowCountQuery plain =
              tx.dsl().query("INSERT INTO parcel VALUES ({0}, 1, 2)", DSL.val("d"));
          outbox.changeAndAppend(tx, plain, Parcels.sent("d", 1));
          RowCountQuery text = tx.dsl().query("INSERT INTO parcel VALUES ('e?', 1, 2)");
          outbox.changeAndAppend(tx, text, Parcels.sent("e?", 1));
          InsertSetMoreStep<?> mixed =
              tx.dsl().insertInto(PARCEL).set(ID, "f").set(VERSION, DSL.inline(1L));
          outbox.changeAndAppend(tx, mixed.set(GRAMS, 2L), Parcels.sent("f", 1));
        });

    assertWritten("a", "b", "c", "d", "e?", "f");
  }

  /** jOOQ puts the values into the SQL then, and executes it without parameters. */
  @Test
  void changeWithTooManyParametersIsRefusedAndWritesNothing() {
    database.execute("INSERT INTO parcel VALUES ('a', 1, 10)");
    List<Long> versions = LongStream.range(0, 66_000).boxed().toList();

    database.transaction(
        tx -> {
          RowCountQuery change = tx.dsl().update(PARCEL).set(GRAMS, 7L).where(VERSION.in(versions));
          assertThatThrownBy(() -> outbox.changeAndAppend(tx, change, Parcels.sent("a", 1)))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("more parameters");
          outbox.append(tx, Parcels.sent("a", 2));
        });

    assertWritten("a");
    assertThat(database.fetchValue("SELECT grams::int FROM parcel")).isEqualTo(10);
  }

  @Test
  void listenersOfTheCallerSeeTheWholeStatement() {
    for (InvocationOrder order : InvocationOrder.values()) {
      List<String> seen = new ArrayList<>();
      ExecuteListener listener =
          new ExecuteListener() {
            private static final long serialVersionUID = 1L;

            @Override
            public void renderEnd(ExecuteContext execution) {
              execution.sql(execution.sql() + "\n/* traced */");
            }

            @Override
            public void executeEnd(ExecuteContext execution) {
              seen.add(execution.rows() + " " + execution.sql());
            }
          };
      Configuration own = database.configuration().derive(() -> listener);
      Settings settings =
          new Settings()
              .withExecuteListenerStartInvocationOrder(order)
              .withExecuteListenerEndInvocationOrder(order);
      String id = order.name();

      DSL.using(own.derive(settings))
          .transaction(tx -> outbox.changeAndAppend(tx, insert(tx, id), Parcels.sent(id, 1)));

      assertThat(seen)
          .singleElement()
          .asString()
          .startsWith("1 WITH change AS (insert into \"parcel\"")
          .contains("INSERT INTO outbox_event")
          .contains("/* traced */");
    }
    assertWritten("DEFAULT", "REVERSE");
  }

  @Test
  void savepointTakesChangeAndEventBack() {
    database.transaction(
        tx -> {
          outbox.changeAndAppend(tx, insert(tx, "a"), Parcels.sent("a", 1));
          assertThatThrownBy(
                  () ->
                      tx.dsl()
                          .transaction(
                              nested -> {
                                outbox.changeAndAppend(
                                    nested, insert(nested, "b"), Parcels.sent("b", 1));
                                outbox.changeAndAppend(
                                    nested, insert(nested, "a"), Parcels.sent("a", 1));
                              }))
              .isInstanceOf(DataAccessException.class)
              .hasMessageContaining("duplicate key");
          outbox.changeAndAppend(tx, insert(tx, "c"), Parcels.sent("c", 1));
        });

    assertWritten("a", "c");
  }

  /** Or the statement without the event would be executed again, or the one with it. */
  @Test
  void changeThatKeepsItsStatementIsWrittenWithItsEvent() {
    database.execute("INSERT INTO parcel VALUES ('a', 1, 10)");
    database.transaction(
        tx -> {
          RowCountQuery heavier =
              tx.dsl().update(PARCEL).set(GRAMS, GRAMS.plus(1)).where(ID.eq("a"));
          heavier.keepStatement(true).execute();
          outbox.changeAndAppend(tx, heavier, Parcels.sent("a", 1));
          heavier.execute();
        });

    assertWritten("a");
    assertThat(database.fetchValue("SELECT grams::int FROM parcel")).isEqualTo(13);
  }

  @Test
  void changeBelongsToItsCallerAfterwards() {
    RowCountQuery change = insert(database.configuration(), "a");
    RowCountQuery other = DSL.using(SQLDialect.POSTGRES).query("UPDATE parcel SET grams = 6");

    database.transaction(
        tx -> {
          outbox.changeAndAppend(tx, change, Parcels.sent("a", 1));
          outbox.changeAndAppend(tx, other, Parcels.sent("a", 2));
        });

    assertThat(change.configuration()).isSameAs(database.configuration());
    assertThat(database.fetchCount(OUTBOX_EVENT)).isEqualTo(2);
  }

  @Test
  void mockedConnectionGetsOneStatement() {
    List<MockExecuteContext> statements = Collections.synchronizedList(new ArrayList<>());
    DSLContext mocked =
        DSL.using(
            new MockConnection(
                statement -> {
                  statements.add(statement);
                  return new MockResult[] {new MockResult(1)};
                }),
            SQLDialect.POSTGRES);

    boolean done =
        outbox.changeAndAppend(
            mocked.configuration(), insert(mocked.configuration(), "a"), Parcels.sent("a", 1));

    assertThat(done).isTrue();
    assertThat(statements).hasSize(1);
    assertThat(statements.get(0).bindings()).hasSize(13).startsWith("a", 1L, 5L).contains("parcel");
  }
}
