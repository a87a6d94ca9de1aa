package dev.waybill.proof.campaign;

import dev.waybill.proof.ledger.Size;
import dev.waybill.stack.StackService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How large a process is, as Linux tells it. */
final class ProcessSize {
  private static final Pattern MEMORY = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

  private ProcessSize() {}

  /** Empty where nothing tells it, and when the process does not run. */
  static Optional<Size> of(StackService service) {
    if (!service.isAlive()) {
      return Optional.empty();
    }
    try {
      long pid = service.pid();
      Path process = Path.of("/proc", Long.toString(pid));
      String status = Files.readString(process.resolve("status"));
      try (Stream<Path> files = Files.list(process.resolve("fd"))) {
        return Optional.of(
            new Size(
                System.currentTimeMillis(),
                service.name(),
                pid,
                number(MEMORY, status) << 10,
                (int) number(THREADS, status),
                (int) files.count()));
      }
    } catch (IOException | IllegalStateException gone) {
      return Optional.empty();
    }
  }

  private static long number(Pattern pattern, String status) throws IOException {
    Matcher matcher = pattern.matcher(status);
    if (!matcher.find()) {
      throw new IOException("no " + pattern);
    }
    return Long.parseLong(matcher.group(1));
  }
}
