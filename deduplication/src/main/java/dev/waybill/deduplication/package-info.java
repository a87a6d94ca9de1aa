/**
 * Recognises events, of a topic or of a stream: each takes effect once, whatever arrives twice. For
 * any Kafka Streams topology and any kind of event; nothing here knows what the events say.
 *
 * <p>Two stores decide, see {@code docs/adr/0004-two-store-deduplication.md}: the id store
 * remembers every event id for a while, the version store the last version of each aggregate for
 * ever.
 */
@NullMarked
package dev.waybill.deduplication;

import org.jspecify.annotations.NullMarked;
