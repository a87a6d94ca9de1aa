package dev.waybill.registry;

import org.jspecify.annotations.Nullable;

/** The registry of one (de)serializer: given by its user, or its own, opened when configured. */
final class Connection {
  private final boolean given;
  private volatile @Nullable SchemaRegistry registry;

  Connection(@Nullable SchemaRegistry registry) {
    this.given = registry != null;
    this.registry = registry;
  }

  boolean given() {
    return given;
  }

  void open(@Nullable SchemaRegistryConfig config) {
    if (!given && config != null) {
      close();
      registry = new SchemaRegistry(config);
    }
  }

  SchemaRegistry registry() {
    SchemaRegistry open = registry;
    if (open == null) {
      throw new IllegalStateException("not configured: configure() or a SchemaRegistry first");
    }
    return open;
  }

  void close() {
    SchemaRegistry open = registry;
    if (!given && open != null) {
      open.close();
    }
  }
}
