package dev.waybill.proof.servers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/**
 * A server in a container, on a port of 127.0.0.1 that stays the same when it is ended and started
 * again, as its data does. It is removed when it is closed, and by Testcontainers when this JVM
 * ends in an orderly way. Used by one thread at a time.
 */
final class ServerContainer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int TAIL_CHARACTERS = 2_000;

  private final GenericContainer<?> container;
  private final BooleanSupplier answers;
  private final Path log;

  private ServerContainer(GenericContainer<?> container, BooleanSupplier answers, Path log) {
    this.container = container;
    this.answers = answers;
    this.log = log;
  }

  /**
   * Starts the image's server; blocks until it answers.
   *
   * @param port of 127.0.0.1
   * @param inner the port that the server listens on in its container
   * @param answers whether the server does, by now; takes some seconds at most
   * @param log the file that what it wrote is kept in when it is closed
   */
  static ServerContainer start(
      String image,
      int port,
      int inner,
      Map<String, String> environment,
      String[] command,
      BooleanSupplier answers,
      Path log) {
    PortBinding binding =
        new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(inner));
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withExposedPorts(inner)
            .withEnv(environment)
            .withCommand(command)
            .withCreateContainerCmdModifier(
                create -> create.getHostConfig().withPortBindings(binding))
            .waitingFor(untilWeAskedOurselves());
    ServerContainer server = new ServerContainer(container, answers, log);
    try {
      container.start();
      server.awaitAnswer();
      return server;
    } catch (RuntimeException failure) {
      server.close();
      throw failure;
    }
  }

  /** Testcontainers would wait at the first start only. */
  private static WaitStrategy untilWeAskedOurselves() {
    return new AbstractWaitStrategy() {
      @Override
      protected void waitUntilReady() {}
    };
  }

  /** Ends the server with SIGKILL; returns when it has ended. */
  void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
    awaitEnd();
  }

  /** Ends the server as the image wants it to be ended; returns when it has ended. */
  void stop() {
    docker()
        .stopContainerCmd(container.getContainerId())
        .withTimeout((int) STOP_LIMIT.toSeconds())
        .exec();
    awaitEnd();
  }

  /** Starts the same container again; blocks until it answers. */
  void start() {
    docker().startContainerCmd(container.getContainerId()).exec();
    awaitAnswer();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  private void awaitEnd() {
    docker()
        .waitContainerCmd(container.getContainerId())
        .exec(new WaitContainerResultCallback())
        .awaitStatusCode(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        String words = container.getLogs();
        throw new IllegalStateException(
            container.getDockerImageName()
                + " does not answer; its last words:\n"
                + words.substring(Math.max(0, words.length() - TAIL_CHARACTERS)));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** Removes the container with its data. */
  @Override
  public void close() {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(log, container.getLogs());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      container.stop();
    }
  }
}
