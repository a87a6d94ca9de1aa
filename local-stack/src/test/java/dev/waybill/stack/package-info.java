@NullMarked
package dev.waybill.stack;

import org.jspecify.annotations.NullMarked;
