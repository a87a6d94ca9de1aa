package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a window before its dense part: those of transactions that were in progress, anywhere
 * between the others. Where they are is looked up once for many pages and remembered here, 8 bytes
 * for each row. Used by one thread.
 */
final class LateRows {
  private final OutboxQueries queries;
  private final int pageRows;
  private final int most;
  private @Nullable Found found;

  /**
   * @param pageRows how many rows a page has at most
   * @param most how many rows are remembered at most
   */
  LateRows(OutboxQueries queries, int pageRows, int most) {
    this.queries = queries;
    this.pageRows = pageRows;
    this.most = most;
  }

  /**
   * Some rows of a window.
   *
   * @param seen of the cursor, which with the window's closing snapshot says which rows they are
   * @param after the seq from which on they were looked for
   * @param all whether {@code seqs} are all there are
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Found(
      Snapshot seen,
      Snapshot upTo,
      long imported,
      long denseFrom,
      long after,
      long[] seqs,
      boolean all) {

    boolean answers(Cursor cursor, Window window) {
      return seen.equals(cursor.seen())
          && upTo.equals(window.upTo())
          && imported == cursor.importedSeq()
          && denseFrom == window.denseFrom()
          && after <= window.afterSeq()
          && (all || seqs[seqs.length - 1] > window.afterSeq());
    }

    /** The place of the first behind a seq. */
    int behind(long seq) {
      int place = Arrays.binarySearch(seqs, seq);
      return place < 0 ? -place - 1 : place + 1;
    }
  }

  /** The next page of them; empty when the window has no more. */
  List<OutboxRow> page(Cursor cursor, Window window) throws SQLException {
    Window rest = window;
    while (true) {
      long[] next = next(cursor, rest);
      List<OutboxRow> rows = next.length == 0 ? List.of() : queries.of(next);
      if (!rows.isEmpty() || next.length == 0) {
        return rows;
      }
      rest = rest.after(next[next.length - 1]); // They were deleted meanwhile.
    }
  }

  private long[] next(Cursor cursor, Window window) throws SQLException {
    Found here = found;
    if (here == null || !here.answers(cursor, window)) {
      here = find(cursor, window);
    }
    int from = here.behind(window.afterSeq());
    long[] next = Arrays.copyOfRange(here.seqs, from, Math.min(from + pageRows, here.seqs.length));
    found = next.length == 0 ? null : here;
    return next;
  }

  private Found find(Cursor cursor, Window window) throws SQLException {
    long[] seqs = queries.lateSeqs(cursor, window, most);
    return new Found(
        cursor.seen(),
        window.upTo(),
        cursor.importedSeq(),
        window.denseFrom(),
        window.afterSeq(),
        seqs,
        seqs.length < most);
  }
}
