/** What is left of a run of the lab: one page, a table in Markdown, and one file of JSON. */
@NullMarked
package dev.waybill.proof.lab.report;

import org.jspecify.annotations.NullMarked;
