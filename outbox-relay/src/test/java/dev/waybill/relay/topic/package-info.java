@NullMarked
package dev.waybill.relay.topic;

import org.jspecify.annotations.NullMarked;
