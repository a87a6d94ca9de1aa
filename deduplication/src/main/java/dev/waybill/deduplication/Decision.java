package dev.waybill.deduplication;

import org.jspecify.annotations.Nullable;

/** What is decided about one record. */
public sealed interface Decision {

  /** Calls the method of this kind of decision. */
  void on(Cases cases);

  /** Why the record becomes a dead letter; null when it does not. */
  default @Nullable Reason letter() {
    return null;
  }

  /** A method for each kind of decision, so that none can be forgotten. */
  interface Cases {
    void applied(Applied decision);

    void late(Late decision);

    void replayed(Replayed decision);

    void duplicate(Duplicate decision);

    void stale(Stale decision);

    void conflict(Conflict decision);

    void versionTaken(VersionTaken decision);

    void deadLettered(DeadLettered decision);
  }

  /**
   * Not seen before, and the aggregate's next version or a later one.
   *
   * @param skipped how many versions of the aggregate were never seen before it: 0, or a gap
   */
  record Applied(long skipped) implements Decision {
    @Override
    public void on(Cases cases) {
      cases.applied(this);
    }
  }

  /** Not seen before, and of a version that was skipped: takes effect, once. */
  record Late() implements Decision {
    @Override
    public void on(Cases cases) {
      cases.late(this);
    }
  }

  /**
   * A dead letter that came again and can be used now: takes effect, once.
   *
   * @param skipped as of {@link Applied}
   * @param newerApplied whether something newer of its aggregate was applied meanwhile
   */
  record Replayed(long skipped, boolean newerApplied) implements Decision {
    @Override
    public void on(Cases cases) {
      cases.replayed(this);
    }
  }

  /**
   * Seen before with the same content: dropped.
   *
   * @param first what is remembered of the first one, which was applied or is a dead letter
   */
  record Duplicate(RememberedEvent first) implements Decision {
    @Override
    public void on(Cases cases) {
      cases.duplicate(this);
    }
  }

  /**
   * Of an id that the store may have forgotten, and of a version that took effect: an old
   * duplicate, dropped.
   *
   * @param last the aggregate's last version
   */
  record Stale(long version, long last) implements Decision {
    @Override
    public void on(Cases cases) {
      cases.stale(this);
    }
  }

  /**
   * Applied before with other content under the same id: a dead letter, and a reason for alarm.
   *
   * @param first what is remembered of the one that was applied, and stays so
   */
  record Conflict(RememberedEvent first) implements Decision {
    @Override
    public Reason letter() {
      return Reason.CONFLICT;
    }

    @Override
    public void on(Cases cases) {
      cases.conflict(this);
    }
  }

  /**
   * Not seen before, although the store would remember its id, and of a version that another event
   * has: a dead letter, and a reason for alarm. The writer gave a version out twice.
   *
   * @param last the aggregate's last version
   */
  record VersionTaken(long version, long last) implements Decision {
    @Override
    public Reason letter() {
      return Reason.VERSION_TAKEN;
    }

    @Override
    public void on(Cases cases) {
      cases.versionTaken(this);
    }
  }

  /**
   * Cannot be used: a dead letter.
   *
   * @param detail what exactly is wrong, in words
   */
  record DeadLettered(Reason reason, String detail) implements Decision {
    @Override
    public Reason letter() {
      return reason;
    }

    @Override
    public void on(Cases cases) {
      cases.deadLettered(this);
    }
  }
}
