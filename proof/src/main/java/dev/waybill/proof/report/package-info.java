/** What is left of a run for people and for programs: one page and one file of JSON. */
@NullMarked
package dev.waybill.proof.report;

import org.jspecify.annotations.NullMarked;
