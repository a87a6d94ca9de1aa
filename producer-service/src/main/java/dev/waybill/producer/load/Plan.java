package dev.waybill.producer.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is asked for, and in which order: many orders' lives, interleaved. The same seed makes the
 * same plan. Not thread-safe.
 */
final class Plan {
  /**
   * More orders are begun than ended while fewer than this many are in the middle of their lives.
   */
  private static final int OPEN_ORDERS = 200;

  private final Random random;
  private final Catalogue catalogue;
  private final List<Life> open = new ArrayList<>();
  private final List<SimulatedOrder> orders = new ArrayList<>();

  Plan(long seed) {
    this.random = new Random(seed);
    this.catalogue = new Catalogue(random);
  }

  /** An order and the steps that are still ahead of it. */
  private record Life(SimulatedOrder order, List<Step> ahead) {}

  /** The next step of an order, and what it sends. */
  record Planned(SimulatedOrder order, Step step, String body) {}

  Planned next() {
    boolean begin = open.isEmpty() || random.nextInt(OPEN_ORDERS) >= open.size();
    Life life = begin ? begin() : open.remove(random.nextInt(open.size()));
    Step step = life.ahead().get(0);
    List<Step> rest = life.ahead().subList(1, life.ahead().size());
    if (!rest.isEmpty()) {
      open.add(new Life(life.order(), rest));
    }
    return new Planned(life.order(), step, catalogue.body(step));
  }

  /** All orders begun so far. */
  List<SimulatedOrder> orders() {
    return orders;
  }

  private Life begin() {
    SimulatedOrder order = new SimulatedOrder();
    orders.add(order);
    return new Life(order, life(random.nextInt(100)));
  }

  private static List<Step> life(int percentile) {
    if (percentile < 72) {
      return List.of(Step.PLACE, Step.PAY, Step.SHIP);
    } else if (percentile < 84) {
      return List.of(Step.PLACE, Step.CANCEL);
    } else if (percentile < 91) {
      return List.of(Step.PLACE, Step.PAY, Step.CANCEL);
    } else if (percentile < 97) {
      return List.of(Step.PLACE);
    }
    return List.of(Step.PLACE, Step.PAY, Step.SHIP, Step.ERASE);
  }
}
