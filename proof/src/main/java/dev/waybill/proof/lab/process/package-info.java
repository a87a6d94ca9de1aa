/** The processes of the lab: A, its worker, and B, each a small program that can be killed. */
@NullMarked
package dev.waybill.proof.lab.process;

import org.jspecify.annotations.NullMarked;
