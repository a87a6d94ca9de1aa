package dev.waybill.proof.world;

import dev.waybill.consumer.ConsumerService;
import dev.waybill.producer.ProducerService;
import dev.waybill.relay.OutboxRelay;

/** Who takes part, each a process. */
public enum Member {
  A("producer", ProducerService.class),
  RELAY_1("relay-1", OutboxRelay.class),
  RELAY_2("relay-2", OutboxRelay.class),
  B_1("consumer-1", ConsumerService.class),
  B_2("consumer-2", ConsumerService.class);

  private final String text;
  private final Class<?> main;

  Member(String text, Class<?> main) {
    this.text = text;
    this.main = main;
  }

  /** The process's name. */
  public String text() {
    return text;
  }

  Class<?> main() {
    return main;
  }

  /** Whether it runs the classes of a module, and nobody but its like does. */
  boolean runs(String module) {
    return switch (this) {
      case A -> module.equals("producer-service");
      case RELAY_1, RELAY_2 -> module.equals("outbox-relay");
      case B_1, B_2 -> module.equals("consumer-service") || module.equals("deduplication");
    };
  }

  /** Whether it moves or takes events, so that A must not notice what becomes of it. */
  public boolean isBehindA() {
    return this != A;
  }
}
