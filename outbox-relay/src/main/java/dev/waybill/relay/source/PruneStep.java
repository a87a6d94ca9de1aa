package dev.waybill.relay.source;

import java.util.List;

/**
 * What became of the next rows in order of seq.
 *
 * @param lastSeq of the rows that were looked at; no row when there was none left
 * @param counts how many, by lane and verdict
 */
public record PruneStep(long lastSeq, List<Count> counts) {

  /** Why a row goes or stays. */
  public enum Verdict {
    /** Published, and old enough: deleted, unless it was only asked. */
    PASSED,
    /** Published, but too young. */
    YOUNG,
    /** The last row that was published, by which a database that went back is recognised. */
    LANDMARK,
    /** The lane's cursor has not passed it. */
    UNPUBLISHED,
    /** The lane has no cursor that says anything of this database. */
    NO_CURSOR
  }

  /** So many rows of a lane. */
  public record Count(int lane, Verdict verdict, long rows) {}
}
