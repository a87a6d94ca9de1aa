/** Tests of what the service takes over HTTP, without its database. */
@NullMarked
package dev.waybill.producer.http;

import org.jspecify.annotations.NullMarked;
