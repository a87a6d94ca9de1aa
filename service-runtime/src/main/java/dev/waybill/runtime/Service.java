package dev.waybill.runtime;

/** What a process runs. */
public interface Service extends AutoCloseable {

  /** What it says of itself. When it is not live any more, its process ends. */
  Health health();

  /** Stops it, completely and in an orderly way. Blocks. */
  @Override
  void close();
}
