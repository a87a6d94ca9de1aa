@NullMarked
package dev.waybill.producer.load;

import org.jspecify.annotations.NullMarked;
