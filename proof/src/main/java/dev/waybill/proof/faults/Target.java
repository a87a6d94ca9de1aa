package dev.waybill.proof.faults;

import dev.waybill.proof.systems.OutboxRows;
import dev.waybill.proof.world.World;

/**
 * What attacks can reach.
 *
 * @param injector of records into the events' topic
 * @param outbox to be read before anybody removes rows
 */
public record Target(World world, Injector injector, OutboxRows outbox) {}
