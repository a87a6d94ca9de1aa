package dev.waybill.consumer.http;

import org.apache.kafka.streams.state.HostInfo;

/** Where a key of a store is. */
sealed interface Place {

  /** On this instance. */
  record Here() implements Place {}

  /** On another one. */
  record There(HostInfo host) implements Place {}

  /** Not known now: partitions are moving. */
  record Moving() implements Place {}
}
