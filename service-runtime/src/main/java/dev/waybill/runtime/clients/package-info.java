/** Settings of Kafka's clients, held against Kafka's own rules before any client is made. */
@NullMarked
package dev.waybill.runtime.clients;

import org.jspecify.annotations.NullMarked;
