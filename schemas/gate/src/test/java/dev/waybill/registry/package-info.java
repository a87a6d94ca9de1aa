@NullMarked
package dev.waybill.registry;

import org.jspecify.annotations.NullMarked;
