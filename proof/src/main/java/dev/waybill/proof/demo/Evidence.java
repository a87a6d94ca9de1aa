package dev.waybill.proof.demo;

import dev.waybill.proof.systems.AppliedEvent;
import dev.waybill.proof.systems.CommittedEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The data that the verdict is computed from, each read where it is kept.
 *
 * @param acknowledgedChanges how many changes A acknowledged to its clients
 * @param committed the rows of A's outbox by event id
 * @param published what a {@code read_committed} reader found in the topic
 * @param litter what was put into the topic besides
 * @param notifications how many notifications there are of each event
 * @param applied what B's stores say of each committed event that they know
 * @param deadLetters how many records are in the topic of dead letters
 * @param ordersInA the orders by id, each in one line
 * @param ordersInB likewise
 * @param totalsInA the totals of each customer who has orders, each in one line
 * @param totalsInB likewise
 * @param eventsInTotals how many events B has added to its customers' totals
 * @param outages of services that were killed
 */
record Evidence(
    int acknowledgedChanges,
    Map<UUID, CommittedEvent> committed,
    Published published,
    Litter litter,
    Map<UUID, Integer> notifications,
    Map<UUID, AppliedEvent> applied,
    int deadLetters,
    Map<String, String> ordersInA,
    Map<String, String> ordersInB,
    Map<String, String> totalsInA,
    Map<String, String> totalsInB,
    long eventsInTotals,
    List<Outage> outages) {}
