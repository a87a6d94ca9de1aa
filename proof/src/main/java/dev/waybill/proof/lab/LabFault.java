package dev.waybill.proof.lab;

import dev.waybill.proof.Names;
import dev.waybill.proof.lab.Variant.Part;
import java.util.Arrays;
import java.util.List;

/** What is done to each pattern, where it has what it is done to. */
enum LabFault {
  B_DOWN(false, "B is killed between an effect and saying so, and started again after two seconds"),
  B_ANSWER_LOST(false, "for a second B takes calls, and its answers are lost"),
  B_ANSWER_LATE(false, "for a second B answers only when its caller has given up"),
  CONSTRAINT(true, "a deferred constraint fails at the commit"),
  DEADLOCK(true, "the commit is the victim of a deadlock"),
  SERIALISATION(true, "the commit cannot be serialised"),
  LOCK_TIMEOUT(true, "the commit waits for a lock for longer than it may"),
  A_KILLED(true, "A is killed between two of its steps, of which the seed decides"),
  COMMIT_ANSWER_LOST(true, "the commit happens, and PostgreSQL's answer is lost"),
  KAFKA_AWAY(false, "Kafka's last answers are lost, then it is away for two seconds"),
  WORKER_KILLED(
      false, "the worker is killed between B's answer and its own next step, or the relay"),
  TWO_AT_ONCE(
      false, "three bookings of one account right after each other, and the first call is slow");

  private final boolean hurtsA;
  private final String words;

  LabFault(boolean hurtsA, String words) {
    this.hurtsA = hurtsA;
    this.words = words;
  }

  /** As the command line has it. */
  String text() {
    return Names.of(this);
  }

  /** For people. */
  String words() {
    return words;
  }

  /** Whether it is A's own or its database's: then requests may fail. */
  boolean hurtsA() {
    return hurtsA;
  }

  boolean canBeDoneTo(Variant variant) {
    return switch (this) {
      case B_ANSWER_LOST -> variant.has(Part.HTTP);
      case KAFKA_AWAY -> variant.has(Part.KAFKA);
      case WORKER_KILLED -> variant.has(Part.WORKER) || variant.has(Part.RELAY);
      default -> true;
    };
  }

  static List<String> names() {
    return Arrays.stream(values()).map(LabFault::text).toList();
  }
}
