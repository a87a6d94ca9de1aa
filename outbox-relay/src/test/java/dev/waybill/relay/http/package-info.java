/** What the relay answers over HTTP, proved. */
@NullMarked
package dev.waybill.relay.http;

import org.jspecify.annotations.NullMarked;
