/**
 * Realistic traffic for a running service, over its HTTP API: orders are placed and live their
 * lives, some requests are sent twice, and every answer is checked.
 */
@NullMarked
package dev.waybill.producer.load;

import org.jspecify.annotations.NullMarked;
