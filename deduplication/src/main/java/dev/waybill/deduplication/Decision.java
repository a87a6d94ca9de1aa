package dev.waybill.deduplication;

/** What is decided about one record. */
public sealed interface Decision {

  /** Calls the method of this kind of decision. */
  void on(Cases cases);

  /** A method for each kind of decision, so that none can be forgotten. */
  interface Cases {
    void applied(Applied decision);

    void replayed(Replayed decision);

    void duplicate(Duplicate decision);

    void stale(Stale decision);

    void conflict(Conflict decision);

    void deadLettered(DeadLettered decision);
  }

  /**
   * Not seen before, and the aggregate's next version or a later one.
   *
   * @param skipped how many versions of the aggregate were never seen: 0, or a gap
   */
  record Applied(long skipped) implements Decision {
    @Override
    public void on(Cases cases) {
      cases.applied(this);
    }
  }

  /**
   * A dead letter that came again and can be decoded now: takes effect, once.
   *
   * @param newerApplied whether something newer of its aggregate was applied meanwhile
   */
  record Replayed(boolean newerApplied) implements Decision {
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
   * Not seen within the id store's reach, but its version is not above the aggregate's last:
   * dropped.
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
    public void on(Cases cases) {
      cases.conflict(this);
    }
  }

  /**
   * Cannot be used: a dead letter.
   *
   * @param detail what exactly is wrong, in words
   * @param skipped how many versions of the aggregate were never seen before it
   */
  record DeadLettered(Reason reason, String detail, long skipped) implements Decision {
    @Override
    public void on(Cases cases) {
      cases.deadLettered(this);
    }
  }
}
