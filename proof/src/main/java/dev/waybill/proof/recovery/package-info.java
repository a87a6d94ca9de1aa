/**
 * How long events wait when an instance is killed: kills one again and again under traffic, with as
 * much remembered as is wanted, and holds at the end what arrived against what committed.
 */
@NullMarked
package dev.waybill.proof.recovery;

import org.jspecify.annotations.NullMarked;
