package dev.waybill.stack;

/**
 * One KRaft broker, which is its own controller, that can be killed and started again, at the same
 * address and with its data.
 */
public interface KafkaServer extends AutoCloseable {

  String bootstrapServers();

  /** Ends the broker with SIGKILL. */
  void kill();

  /** Starts the stopped or killed broker again; blocks until it answers. */
  void start();

  /** Stops the broker for good. */
  @Override
  void close();
}
