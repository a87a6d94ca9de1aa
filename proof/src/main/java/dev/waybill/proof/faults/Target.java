package dev.waybill.proof.faults;

import dev.waybill.proof.world.World;

/**
 * What attacks can reach.
 *
 * @param injector of records into the events' topic
 */
public record Target(World world, Injector injector) {}
