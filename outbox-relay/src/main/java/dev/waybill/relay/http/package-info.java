/** What the relay answers over HTTP beside health and metrics. */
@NullMarked
package dev.waybill.relay.http;

import org.jspecify.annotations.NullMarked;
