package dev.waybill.registry;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** What one record costs: processor time in the best slice of a run, and memory allocated. */
record Cost(double nanos, double bytes) {
  private static final int WARM_UP_SLICES = 12;
  private static final int SLICES = 20;
  private static final long SLICE_NANOS = 50_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @SuppressWarnings("UnusedVariable") // written so that no result may be left out
  private static volatile int consumed;

  /** What is done with one record. */
  interface Work<T> {
    Object with(T record) throws IOException;
  }

  static <T> Cost of(List<T> records, Work<T> work) throws IOException {
    for (int i = 0; i < WARM_UP_SLICES; i++) {
      slice(records, work);
    }
    Cost best = slice(records, work);
    for (int i = 1; i < SLICES; i++) {
      best = better(best, slice(records, work));
    }
    return best;
  }

  private static <T> Cost slice(List<T> records, Work<T> work) throws IOException {
    long allocated = allocated();
    long start = cpuNanos();
    long nanos = 0;
    long done = 0;
    int hash = 0;
    while (nanos < SLICE_NANOS) {
      for (T each : records) {
        hash += work.with(each) == null ? 1 : 2;
      }
      done += records.size();
      nanos = cpuNanos() - start;
    }
    consumed = hash;
    return new Cost((double) nanos / done, (double) (allocated() - allocated) / done);
  }

  static Cost better(Cost a, Cost b) {
    return a.nanos <= b.nanos ? a : b;
  }

  static Cost parse(String text) {
    String[] words = text.split("[^0-9.]+", -1);
    return new Cost(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
  }

  /** Of this thread, so that whatever else the machine does counts less. */
  private static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%6.0f ns, %6.0f bytes allocated", nanos, bytes).strip();
  }
}
