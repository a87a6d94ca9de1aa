@NullMarked
package dev.waybill.proof.lab;

import org.jspecify.annotations.NullMarked;
