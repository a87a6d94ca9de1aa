/** The topics the relay writes to: their creation, what is refused about them, and the records. */
@NullMarked
package dev.waybill.relay.topic;

import org.jspecify.annotations.NullMarked;
