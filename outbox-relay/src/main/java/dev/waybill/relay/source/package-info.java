/** Reading A's outbox: what became visible since a cursor, page by page, without writing. */
@NullMarked
package dev.waybill.relay.source;

import org.jspecify.annotations.NullMarked;
