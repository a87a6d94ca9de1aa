/**
 * Services that are changed for a run: sources of Waybill's with an edit, compiled to stand in
 * front.
 */
@NullMarked
package dev.waybill.proof.edits;

import org.jspecify.annotations.NullMarked;
