package dev.waybill.consumer.http;

import org.apache.kafka.streams.state.HostInfo;

/** Where a key of a store is. */
sealed interface Place {

  /** On this instance, in the stores of a partition. */
  record Here(int partition) implements Place {}

  /** On another one. */
  record There(HostInfo host) implements Place {}

  /** Not known now: partitions are moving. */
  record Moving() implements Place {}
}
