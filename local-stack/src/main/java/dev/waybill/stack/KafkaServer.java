package dev.waybill.stack;

/**
 * One KRaft broker, which is its own controller, that can be stopped or killed and started again,
 * at the same address and with its data.
 */
public interface KafkaServer extends AutoCloseable {

  String bootstrapServers();

  /** Ends the broker with SIGKILL. */
  void kill();

  /** Shuts the broker down in order; blocks until it has ended. */
  void stop();

  /** Starts the stopped or killed broker again; blocks until it answers. */
  void start();

  /** Stops the broker for good. */
  @Override
  void close();
}
