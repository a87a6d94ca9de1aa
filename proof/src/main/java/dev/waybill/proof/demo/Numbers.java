package dev.waybill.proof.demo;

/**
 * How far the demo is, for its display; the verdict is computed anew.
 *
 * @param requests how many will be sent
 * @param acknowledged how many A has answered
 * @param committed events in A's outbox
 * @param published different events in the topic
 * @param notified notifications of B
 */
record Numbers(
    int requests,
    int acknowledged,
    int committed,
    int published,
    int notified,
    int deadLetters,
    boolean relayRuns,
    boolean consumerRuns) {}
