@NullMarked
package dev.waybill.relay.lane;

import org.jspecify.annotations.NullMarked;
