@NullMarked
package dev.waybill.runtime.topics;

import org.jspecify.annotations.NullMarked;
