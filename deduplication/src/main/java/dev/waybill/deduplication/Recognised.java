package dev.waybill.deduplication;

/** What goes on behind the recognition of a record; what is dropped does not. */
sealed interface Recognised<V> permits NewEvent, DeadLetter {}
