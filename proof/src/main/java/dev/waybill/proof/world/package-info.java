/**
 * The world that is attacked: real servers and the services as processes, two relays and two
 * instances of B among them, each of which reaches its servers through proxies of its own.
 */
@NullMarked
package dev.waybill.proof.world;

import org.jspecify.annotations.NullMarked;
