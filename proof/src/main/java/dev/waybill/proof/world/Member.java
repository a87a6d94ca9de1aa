package dev.waybill.proof.world;

import dev.waybill.consumer.ConsumerService;
import dev.waybill.producer.ProducerService;
import dev.waybill.relay.OutboxRelay;
import java.util.Set;

/** Who takes part, each a process. */
public enum Member {
  A("producer", ProducerService.class, "producer-service"),
  RELAY_1("relay-1", OutboxRelay.class, "outbox-relay"),
  RELAY_2("relay-2", OutboxRelay.class, "outbox-relay"),
  B_1("consumer-1", ConsumerService.class, "consumer-service deduplication"),
  B_2("consumer-2", ConsumerService.class, "consumer-service deduplication");

  private final String text;
  private final Class<?> main;
  private final String modules;

  Member(String text, Class<?> main, String modules) {
    this.text = text;
    this.main = main;
    this.modules = modules;
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
    return Set.of(modules.split(" ", -1)).contains(module);
  }

  /** Whether it moves or takes events, so that A must not notice what becomes of it. */
  public boolean isBehindA() {
    return this != A;
  }
}
