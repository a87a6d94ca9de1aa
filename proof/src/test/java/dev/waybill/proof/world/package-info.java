@NullMarked
package dev.waybill.proof.world;

import org.jspecify.annotations.NullMarked;
