/** {@code ./waybill schema}: the commands with which people change schemas. */
@NullMarked
package dev.waybill.schemas.cli;

import org.jspecify.annotations.NullMarked;
