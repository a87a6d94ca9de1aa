@NullMarked
package dev.waybill.relay.watch;

import org.jspecify.annotations.NullMarked;
