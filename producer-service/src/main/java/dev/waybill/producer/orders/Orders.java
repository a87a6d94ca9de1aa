package dev.waybill.producer.orders;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.RowCountQuery;
import org.jspecify.annotations.Nullable;

/**
 * The orders. Each change runs in the caller's transaction and appends exactly one event there: the
 * order and its event commit together, or neither does.
 *
 * <p>The order's row is locked before it is read, so an order's versions have no gaps and no
 * doubles, and the outbox has its events in the order of their versions.
 *
 * <p>Thread-safe; every method blocks on the database, and throws jOOQ's {@code
 * DataAccessException} when it fails, after which the transaction can only be rolled back.
 */
public final class Orders {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private final Outbox outbox;
  private final Clock clock;

  public Orders(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Places an order, under an id that was never used and never will be again.
   *
   * @param order costs no more than {@link Money#MAX}
   * @param headers for the event's record in Kafka
   */
  public Order place(Configuration tx, NewOrder order, Map<String, String> headers) {
    Order placed = Order.placed(IDS.generate(), order, clock.instant());
    write(tx, OrderTable.insert(tx.dsl(), placed), OrderEvents.placed(placed), headers);
    return placed;
  }

  /**
   * Takes an order to its next status; waits for other changes of the order.
   *
   * @param headers for the event's record in Kafka
   * @return the order afterwards
   * @throws NoSuchOrderException when there is none; nothing was written
   * @throws OrderStatusException when its status does not allow it; nothing was written
   */
  public Order change(
      Configuration tx, UUID id, Transition transition, Map<String, String> headers) {
    Order after = lock(tx, id).after(transition, clock.instant());
    write(tx, OrderTable.update(tx.dsl(), after), OrderEvents.of(transition, after), headers);
    return after;
  }

  /**
   * Erases an order, whatever its status: its row is deleted, its event is a tombstone.
   *
   * @param headers for the event's record in Kafka
   * @throws NoSuchOrderException when there is none; nothing was written
   */
  public void erase(Configuration tx, UUID id, Map<String, String> headers) {
    Order order = lock(tx, id);
    Instant at = order.notBeforeUpdate(clock.instant());
    write(tx, OrderTable.delete(tx.dsl(), order), OrderEvents.erased(order, at), headers);
  }

  /**
   * An order as it is.
   *
   * @throws NoSuchOrderException when there is none
   */
  public Order get(DSLContext database, UUID id) {
    return found(id, OrderTable.find(database, id));
  }

  /**
   * Orders in the order of their ids, which is the order in which they were placed.
   *
   * @param customerId whose; null is everybody's
   * @param after the id to go on behind; null is from the first
   * @param limit how many at most
   */
  public List<Order> list(
      DSLContext database, @Nullable UUID customerId, @Nullable UUID after, int limit) {
    return OrderTable.list(database, customerId, after, limit);
  }

  private static Order lock(Configuration tx, UUID id) {
    return found(id, OrderTable.lock(tx.dsl(), id));
  }

  private static Order found(UUID id, @Nullable Order order) {
    if (order == null) {
      throw new NoSuchOrderException(id);
    }
    return order;
  }

  private void write(
      Configuration tx, RowCountQuery change, OutboxEvent event, Map<String, String> headers) {
    if (!outbox.changeAndAppend(tx, change, event.withHeaders(headers))) {
      throw new IllegalStateException(
          "order " + event.aggregateId() + " changed although its row was locked");
    }
  }
}
