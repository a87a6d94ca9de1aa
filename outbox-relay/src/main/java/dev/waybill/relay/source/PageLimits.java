package dev.waybill.relay.source;

/**
 * What bounds a page, and so a Kafka transaction and the memory of a lane.
 *
 * @param rows 1 or more
 * @param bytes of payload; a page always holds at least one row, whatever its size
 */
public record PageLimits(int rows, int bytes) {}
