@NullMarked
package dev.waybill.stack.bench;

import org.jspecify.annotations.NullMarked;
