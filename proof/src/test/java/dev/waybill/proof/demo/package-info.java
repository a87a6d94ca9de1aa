@NullMarked
package dev.waybill.proof.demo;

import org.jspecify.annotations.NullMarked;
