/**
 * What the console asks: A's database, the relays, the instances of B, the topics. Each question is
 * bounded, and fails by saying which system is away.
 */
@NullMarked
package dev.waybill.console.systems;

import org.jspecify.annotations.NullMarked;
