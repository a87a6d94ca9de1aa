/** What changed between two versions of a schema, as a person would say it. */
@NullMarked
package dev.waybill.schemas.difference;

import org.jspecify.annotations.NullMarked;
