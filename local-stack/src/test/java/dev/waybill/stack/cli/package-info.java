@NullMarked
package dev.waybill.stack.cli;

import org.jspecify.annotations.NullMarked;
