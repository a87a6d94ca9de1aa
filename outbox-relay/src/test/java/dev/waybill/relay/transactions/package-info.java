@NullMarked
package dev.waybill.relay.transactions;

import org.jspecify.annotations.NullMarked;
