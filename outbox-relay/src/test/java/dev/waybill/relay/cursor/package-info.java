@NullMarked
package dev.waybill.relay.cursor;

import org.jspecify.annotations.NullMarked;
