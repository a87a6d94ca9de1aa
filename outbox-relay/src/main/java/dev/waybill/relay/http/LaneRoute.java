package dev.waybill.relay.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.relay.watch.LaneBoard;
import dev.waybill.relay.watch.LaneView;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the lanes fare, from memory: this instance knows of those that it owns. */
public final class LaneRoute {
  private final LaneBoard board;
  private final @Nullable String instance;
  private final Duration stuckAfter;

  /**
   * @param layout how many lanes there are; 0 until that is known
   * @param instance by which the group knows this one; absent when it has no name
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LanesJson(int layout, @Nullable String instance, List<LaneView> lanes) {}

  /**
   * Of this board.
   *
   * @param stuckAfter without progress for so long, a lane is stuck
   */
  public LaneRoute(LaneBoard board, @Nullable String instance, Duration stuckAfter) {
    this.board = board;
    this.instance = instance;
    this.stuckAfter = stuckAfter;
  }

  /** Adds the route to a server. */
  public void addTo(JavalinConfig config) {
    config.routes.get("/lanes", this::lanes);
  }

  private void lanes(Context context) {
    if (!context.queryParamMap().isEmpty()) {
      throw new BadRequestResponse(
          "there are no parameters: " + String.join(", ", context.queryParamMap().keySet()));
    }
    List<LaneView> lanes = board.lanes(stuckAfter);
    context.json(new LanesJson(lanes.size(), instance, lanes));
  }
}
