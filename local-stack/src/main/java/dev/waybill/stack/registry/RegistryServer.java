package dev.waybill.stack.registry;

/**
 * A schema registry that can be stopped and started again, at the same address and with what is
 * registered. FULL_TRANSITIVE unless it is told otherwise.
 */
public interface RegistryServer extends AutoCloseable {

  /** Of Confluent's REST API. */
  String url();

  /** Starts the stopped registry again; blocks until it answers. */
  void start();

  /** Stops answering; what is registered stays. */
  void stop();

  /** Stops the registry for good. */
  @Override
  void close();
}
