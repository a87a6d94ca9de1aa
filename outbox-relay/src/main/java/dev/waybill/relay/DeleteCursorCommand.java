package dev.waybill.relay;

import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.lane.CursorDeletion;
import dev.waybill.runtime.ServiceProcess;
import dev.waybill.runtime.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code outbox-relay delete-cursor}: lets a lane begin again. */
@Command(
    name = "delete-cursor",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes a lane's cursor, so that the lane publishes all retained rows again.",
      "Readers must drop the duplicates, as Waybill's consumer does. The relay has to be stopped."
    },
    footer = {
      "%nThe environment is the relay's.",
      "Exit status: 0 done, 1 failed, 2 wrong settings or options."
    })
public final class DeleteCursorCommand extends RelayCommand {

  @Option(names = "--lane", paramLabel = "LANE", required = true, description = "Whose, from 0 on.")
  private int lane;

  /** With the environment of this process. */
  public DeleteCursorCommand() {
    this(System.getenv());
  }

  /** With an environment. */
  public DeleteCursorCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  String words(Exception failure) {
    return "the cursor was not deleted: " + failure;
  }

  @Override
  int run(Settings settings, PrintWriter out, PrintWriter err) {
    RelaySettings relay = RelaySettings.from(settings);
    CursorDeletion deletion = new CursorDeletion(relay.name(), relay.cursorTopic(), relay.kafka());
    Layout layout = deletion.layout().orElse(null);
    if (layout == null || layout.before() != null) {
      err.println(
          layout == null
              ? "there are no cursors yet"
              : "the lanes are being changed; start the relay, which ends that, and stop it again");
      return 1;
    }
    if (lane < 0 || lane >= layout.lanes()) {
      err.println("--lane: must be from 0 to " + (layout.lanes() - 1));
      return ServiceProcess.REFUSED;
    }
    List<String> running = deletion.running();
    if (!running.isEmpty()) {
      err.println("stop the relay first, it would write the cursor again: " + running);
      return 1;
    }
    deletion.delete(lane, layout);
    out.println("lane " + lane + " begins with the first retained row");
    return 0;
  }
}
