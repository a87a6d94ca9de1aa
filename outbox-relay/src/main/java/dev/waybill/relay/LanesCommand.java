package dev.waybill.relay;

import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.lane.LaneChange;
import dev.waybill.relay.lane.LaneChangeRefusedException;
import dev.waybill.relay.topic.RelayTopics;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Settings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outbox-relay lanes}: changes how many lanes there are. */
@Command(
    name = "lanes",
    mixinStandardHelpOptions = true,
    description = {
      "Changes how many lanes there are: how many instances of the relay can publish at a time.",
      "One is the fastest for one instance. The relay may run meanwhile; each lane stands still for"
          + " a moment. It may be ended at any time and be run again."
    },
    footer = {
      "%nThe environment is the relay's.",
      "Exit status: 0 done, now or before; 1 failed; 2 wrong settings, topics or options."
    })
public final class LanesCommand extends RelayCommand {

  @Parameters(paramLabel = "NUMBER", description = "How many; 1 in the beginning.")
  private int lanes;

  /** With the environment of this process. */
  public LanesCommand() {
    this(System.getenv());
  }

  /** With an environment. */
  public LanesCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  String words(Exception failure) {
    return "not known to be done; run it again, it will do the rest: " + failure;
  }

  @Override
  int run(Settings settings, PrintWriter out, PrintWriter err)
      throws SQLException, InterruptedException {
    RelaySettings relay = RelaySettings.from(settings);
    if (lanes < 1 || lanes > Slots.COUNT) {
      throw new BadSettingsException(
          List.of("NUMBER: must be from 1 to %s".formatted(Slots.COUNT)));
    }
    RelayTopics topics = topics(relay);
    LaneChange change = new LaneChange(relay.kafkaSide(topics.events(), Optional::empty));
    try {
      Layout now = change.complete(change.begin(lanes));
      if (now.lanes() != lanes) { // what was begun before, or left by an older version
        now = change.complete(change.begin(lanes));
      }
      out.printf("lanes: %s%n", now.lanes());
      if (now.lanes() != lanes) {
        err.println("somebody else has changed them meanwhile; run it again if that is not wanted");
        return 1;
      }
      return 0;
    } catch (LaneChangeRefusedException refusal) {
      err.println(refusal.getMessage());
      return 1;
    }
  }
}
