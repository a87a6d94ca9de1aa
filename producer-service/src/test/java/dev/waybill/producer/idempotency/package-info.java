@NullMarked
package dev.waybill.producer.idempotency;

import org.jspecify.annotations.NullMarked;
