package dev.waybill.proof.relay;

import static org.awaitility.Awaitility.await;

import dev.waybill.stack.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link RelayChild}, seen from the test. */
record Child(ChildJvm process, Path folder) implements AutoCloseable {

  /** Waits until it stands at its step. */
  void awaitReached() {
    await("the step is reached, see " + folder)
        .atMost(RelayWorld.LIMIT)
        .until(() -> has("reached"));
  }

  /** Waits until it went on from there. */
  void awaitGoneOn() {
    await("the step is left").atMost(RelayWorld.LIMIT).until(() -> has("gone-on"));
  }

  private boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }

  void kill() {
    process.kill();
  }

  /** Kills it after a time, if it has not ended by itself. */
  void killAfter(Duration time) throws Exception {
    CompletableFuture<?> ended =
        ProcessHandle.of(process.pid())
            .<CompletableFuture<?>>map(ProcessHandle::onExit)
            .orElse(CompletableFuture.completedFuture(null));
    try {
      ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillRunning) {
      kill();
      ended.join();
    }
  }

  /** Stops the whole process where it is, as a long pause of its machine would. */
  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it run again, and go on from its step. */
  void resume() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("go"), "");
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.kill();
  }
}
