package dev.waybill.proof.world;

import dev.waybill.proof.Names;
import dev.waybill.proof.edits.Edit;
import java.util.Arrays;
import java.util.List;

/**
 * A point in the code at which a process can be told to die at once, as by SIGKILL: when it comes
 * there and finds a file of the point's name in its folder, which it deletes.
 */
@SuppressWarnings({
  "ImmutableEnumChecker", // what it has is never changed
  "StringConcatToTextBlock" // lines as they stand in the source
})
public enum KillPoint {
  A_BEFORE_COMMIT(
      "producer-service",
      "producer.idempotency.Transactions",
      "    Keys.store(tx, request, answer);\n",
      "    Keys.store(tx, request, answer);\n    %s\n"),
  A_AFTER_COMMIT(
      "producer-service",
      "producer.idempotency.Transactions",
      "        return database.transactionResult(tx -> inside(tx, request, work));\n",
      "        Outcome outcome = database.transactionResult(tx -> inside(tx, request, work));\n"
          + "        %s\n        return outcome;\n"),
  RELAY_AFTER_READING(
      "outbox-relay",
      "relay.lane.LanePublisher",
      "    producer.beginTransaction();\n    open = producer;\n",
      "    %s\n    producer.beginTransaction();\n    open = producer;\n"),
  RELAY_AFTER_SENDING(
      "outbox-relay",
      "relay.lane.LanePublisher",
      "      listener.recordsSent(lane, page);\n",
      "      listener.recordsSent(lane, page);\n      producer.flush();\n      %s\n"),
  RELAY_AFTER_COMMITTING(
      "outbox-relay",
      "relay.lane.LanePublisher",
      "    listener.committed(lane, page,",
      "    %s\n    listener.committed(lane, page,"),
  B_AFTER_REMEMBERING(
      "deduplication",
      "deduplication.Execution",
      "    outlet.newEvent(fresh.incoming(), fresh.envelope(), fresh.value(), newerApplied);\n",
      "    %s\n    outlet.newEvent(fresh.incoming(), fresh.envelope(), fresh.value(),"
          + " newerApplied);\n"),
  B_AFTER_FORWARDING(
      "deduplication",
      "deduplication.DeduplicationProcessor",
      "      execution.of(arrival);\n",
      "      execution.of(arrival);\n      %s\n");

  /** The variable that names the folder. */
  static final String FOLDER = "WAYBILL_KILL_POINTS";

  private static final String DIE =
      "if (new java.io.File(System.getenv(\"%s\"), \"%s\").delete())"
          + " { Runtime.getRuntime().halt(137); }";

  private final Edit edit;

  KillPoint(String module, String className, String find, String replacement) {
    String die = DIE.formatted(FOLDER, text());
    this.edit = Edit.of(module, "dev.waybill." + className, find, replacement.replace("%s", die));
  }

  /** For people, and the name of the file. */
  public String text() {
    return Names.of(this);
  }

  /** Whether the process has it. */
  public boolean isOf(Member member) {
    return member.runs(edit.module());
  }

  /** That build all of them in. */
  static List<Edit> edits() {
    return Arrays.stream(values()).map(point -> point.edit).toList();
  }
}
