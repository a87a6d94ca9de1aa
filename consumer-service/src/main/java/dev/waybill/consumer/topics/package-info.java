/** The topics around B: what it waits for, creates, warns about and refuses. */
@NullMarked
package dev.waybill.consumer.topics;

import org.jspecify.annotations.NullMarked;
