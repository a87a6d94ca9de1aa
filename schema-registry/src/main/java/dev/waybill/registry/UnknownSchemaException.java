package dev.waybill.registry;

import org.jspecify.annotations.Nullable;

/**
 * The registry has no schema of this id that Avro can use: none at all, or one of another type. A
 * value that names it cannot be decoded.
 */
public final class UnknownSchemaException extends RegistryException {
  private final int schemaId;

  UnknownSchemaException(int schemaId, String reason, int errorCode, @Nullable Throwable cause) {
    super("schema id " + schemaId + ": " + reason, errorCode, cause);
    this.schemaId = schemaId;
  }

  /** The id that was asked for. */
  public int schemaId() {
    return schemaId;
  }
}
