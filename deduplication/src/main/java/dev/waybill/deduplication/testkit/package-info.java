/**
 * For tests of topologies with a deduplication, on Kafka's {@code TopologyTestDriver}: what was
 * decided, whether it is decided again the same way, and records to decide about. It needs {@code
 * kafka-streams-test-utils}, which whoever tests adds, and no test framework.
 */
@NullMarked
package dev.waybill.deduplication.testkit;

import org.jspecify.annotations.NullMarked;
