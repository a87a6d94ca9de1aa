@NullMarked
package dev.waybill.runtime.clients;

import org.jspecify.annotations.NullMarked;
