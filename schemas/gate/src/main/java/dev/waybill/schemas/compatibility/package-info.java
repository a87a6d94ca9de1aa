/**
 * What speaks against a schema: by itself, and held against the versions that were released before
 * it. Avro's own rules decide what can be read; what they let pass and people trip over is added.
 */
@NullMarked
package dev.waybill.schemas.compatibility;

import org.jspecify.annotations.NullMarked;
