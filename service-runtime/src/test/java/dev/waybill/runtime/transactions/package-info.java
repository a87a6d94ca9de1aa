@NullMarked
package dev.waybill.runtime.transactions;

import org.jspecify.annotations.NullMarked;
