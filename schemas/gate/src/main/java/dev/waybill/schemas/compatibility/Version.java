package dev.waybill.schemas.compatibility;

import org.apache.avro.Schema;

/**
 * A version that was released.
 *
 * @param number from 1
 * @param file relative to the subject's folder, for problems
 */
public record Version(int number, Schema schema, String file) {}
