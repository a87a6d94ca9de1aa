package dev.waybill.bench;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One round of events on a schedule, from writers to a {@code read_committed} reader, all in this
 * process: how long each took, and what moving them took meanwhile.
 */
record Traffic(Latencies latencies, Use use) {
  private static final int WARM_UP_SECONDS = 15;
  private static final int SECONDS = 15;

  /** Blocks until every event has reached the reader; the first half of them does not count. */
  static Traffic at(int rate, Stage stage, String topic, Schedule.Opener opener, Meter meter)
      throws Exception {
    int warmUp = (int) (rate * stage.scale().seconds(WARM_UP_SECONDS).toMillis() / 1_000);
    int events = warmUp + (int) (rate * stage.scale().seconds(SECONDS).toMillis() / 1_000);
    Schedule schedule = new Schedule(events, rate);
    try (TopicReader reader = TopicReader.start(stage.bootstrapServers(), topic, events)) {
      Metered metered = new Metered(opener, warmUp, events - 1, meter);
      schedule.run(metered);
      Latencies latencies = Latencies.between(schedule, reader.arrivals(), warmUp);
      Traffic traffic = new Traffic(latencies, metered.use());
      stage.progress().say("%s at %,d/s: %s; %s", topic, rate, latencies, traffic.use);
      return traffic;
    }
  }

  /** Reads the meter before two of the events are written, while all sessions are there. */
  private static final class Metered implements Schedule.Opener {
    private final Schedule.Opener writers;
    private final int first;
    private final int last;
    private final Meter meter;
    private final AtomicReference<Meter.@Nullable Reading> begun = new AtomicReference<>();
    private final AtomicReference<Meter.@Nullable Reading> ended = new AtomicReference<>();

    Metered(Schedule.Opener writers, int first, int last, Meter meter) {
      this.writers = writers;
      this.first = first;
      this.last = last;
      this.meter = meter;
    }

    Use use() {
      Meter.Reading begin = begun.get();
      Meter.Reading end = ended.get();
      if (begin == null || end == null) {
        throw new IllegalStateException("not all events were written");
      }
      return begin.until(end);
    }

    @Override
    public int writers() {
      return writers.writers();
    }

    @Override
    public Schedule.Writer open() throws Exception {
      Schedule.Writer writer = writers.open();
      return new Schedule.Writer() {
        @Override
        public void write(int event) throws Exception {
          if (event == first) {
            begun.set(meter.read());
          }
          if (event == last) {
            ended.set(meter.read());
          }
          writer.write(event);
        }

        @Override
        public void close() throws SQLException {
          writer.close();
        }
      };
    }
  }
}
