@NullMarked
package dev.waybill.stack.demo;

import org.jspecify.annotations.NullMarked;
