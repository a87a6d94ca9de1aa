/** The gate that a changed schema has to pass before it is built, released or registered. */
@NullMarked
package dev.waybill.schemas.gate;

import org.jspecify.annotations.NullMarked;
