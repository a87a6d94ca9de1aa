@NullMarked
package dev.waybill.producer;

import org.jspecify.annotations.NullMarked;
