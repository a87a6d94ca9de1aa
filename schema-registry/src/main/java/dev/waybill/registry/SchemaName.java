package dev.waybill.registry;

import java.util.UUID;

/** How a value names the schema that it was written with. */
sealed interface SchemaName {
  /** The path at which a registry gives the schema. */
  String path();

  /** The number that this one registry gave the schema. */
  record Id(int id) implements SchemaName {
    @Override
    public String path() {
      return "/schemas/ids/" + id;
    }

    @Override
    public String toString() {
      return "id " + id;
    }
  }

  /**
   * What Confluent's registries of version 8 and later make of the schema's text: everywhere the
   * same.
   */
  record Guid(UUID guid) implements SchemaName {
    @Override
    public String path() {
      return "/schemas/guids/" + guid;
    }

    @Override
    public String toString() {
      return "GUID " + guid;
    }
  }
}
