@NullMarked
package dev.waybill.proof.consumer;

import org.jspecify.annotations.NullMarked;
