@NullMarked
package dev.waybill.relay.source;

import org.jspecify.annotations.NullMarked;
