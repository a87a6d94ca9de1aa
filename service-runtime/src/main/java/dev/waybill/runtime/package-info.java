/**
 * What every Waybill service has around its job: settings read from the environment, health,
 * metrics, the HTTP server that shows them, and an orderly end. Nothing here knows what the
 * services do.
 */
@NullMarked
package dev.waybill.runtime;

import org.jspecify.annotations.NullMarked;
