package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.trace.Asked;
import dev.waybill.console.trace.Hop;
import dev.waybill.console.trace.Trace;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./waybill trace}. */
@Command(
    name = "trace",
    description =
        "Says where an event is: committed, published, in the topic, decided by B, in effect.")
public final class TraceCommand extends EngineCommand {
  @Parameters(
      paramLabel = "ID",
      description =
          "Of an event, an order, a customer, a trace (also a whole traceparent), or another key.")
  private String id = "";

  /** With the environment of this process. */
  public TraceCommand() {
    this(System.getenv());
  }

  TraceCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  int run(Engine engine) {
    Asked asked;
    try {
      asked = Asked.parse(id);
    } catch (Asked.NoIdException none) {
      return refuse(String.valueOf(none.getMessage()));
    }
    Trace trace = engine.tracing().trace(asked);
    if (isJson()) {
      print(trace);
    } else {
      show(trace);
    }
    return trace.isFound() && trace.missing().isEmpty() ? 0 : 1;
  }

  private void show(Trace trace) {
    for (Trace.Event event : trace.events()) {
      say(
          "event %s%s%s"
              .formatted(
                  event.eventId(),
                  event.type() == null ? "" : "  " + event.type(),
                  event.version() == 0 ? "" : "  version " + event.version()));
      event.hops().forEach(this::show);
    }
    Trace.Aggregate aggregate = trace.aggregate();
    if (aggregate != null) {
      say("aggregate " + aggregate.id());
      show(aggregate.agreement());
    }
    if (!trace.orders().isEmpty()) {
      say("orders of customer " + trace.asked() + ", the newest first:");
      trace.orders().forEach(order -> say("  " + order));
    }
    if (!trace.isFound()) {
      say("nothing is known of " + trace.asked() + ". Looked at:");
      trace.lookedAt().forEach(place -> say("  " + place));
    }
    trace.missing().forEach(one -> say("not asked: " + one));
  }

  private void show(Hop hop) {
    say(
        "  %s %-10s %-10s %s%s"
            .formatted(
                hop.state().sign(),
                hop.name(),
                hop.state().text(),
                hop.words(),
                hop.since() == null ? "" : "  (" + hop.since() + ")"));
  }
}
