package dev.waybill.registry;

import org.jspecify.annotations.Nullable;

/**
 * The registry has no schema of this id or GUID that Avro can use: none at all, or one of another
 * type. A value that names it cannot be decoded.
 */
public final class UnknownSchemaException extends RegistryException {
  UnknownSchemaException(SchemaName name, String reason, int errorCode, @Nullable Throwable cause) {
    super("schema " + name + ": " + reason, errorCode, cause);
  }
}
