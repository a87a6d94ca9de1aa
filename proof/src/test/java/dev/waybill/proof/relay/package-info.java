/** The relay as a whole, on real servers: what it publishes, and what it does when they fail. */
@NullMarked
package dev.waybill.proof.relay;

import org.jspecify.annotations.NullMarked;
