package dev.waybill.proof.demo;

import java.time.Instant;

/**
 * Of a service that was killed.
 *
 * @param began when it was killed
 * @param ended when its process was started again
 */
record Outage(String service, Instant began, Instant ended) {}
