package dev.waybill.relay.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an aggregate that waits: some that a cursor has passed without publishing them.
 *
 * @param rows in order of seq
 * @param more the one behind them; null when they are all
 */
public record WaitingRows(List<OutboxRow> rows, @Nullable OutboxRow more) {}
