package dev.waybill.producer.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.UUID;

/** What a step must be answered with. */
final class Expectation {
  private static final JsonMapper JSON = new JsonMapper();

  private Expectation() {}

  /**
   * Checks an answer, and when it is right, the order has taken the step.
   *
   * @return what is wrong; empty when nothing is
   */
  static Optional<String> check(Step step, SimulatedOrder order, Reply reply) {
    if (reply.status() != step.expectedStatus) {
      return Optional.of(step + " " + order.path() + " was answered " + reply);
    }
    if (step == Step.ERASE) {
      order.erased();
      return Optional.empty();
    }
    try {
      return changed(step, order, reply, JSON.readTree(reply.body()));
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      return Optional.of(step + " was answered with what is no order: " + reply);
    }
  }

  private static Optional<String> changed(
      Step step, SimulatedOrder order, Reply reply, JsonNode body) {
    UUID id = UUID.fromString(body.path("id").asText());
    long version = body.path("version").asLong();
    boolean placed = step != Step.PLACE || reply.location().equals("/orders/" + id);
    if (!placed || version != order.version() + 1) {
      return Optional.of(
          "%s after version %s was answered %s".formatted(step, order.version(), reply));
    }
    order.changed(id, version);
    return Optional.empty();
  }
}
