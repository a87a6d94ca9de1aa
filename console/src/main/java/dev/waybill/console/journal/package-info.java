/**
 * The journal: a topic in which every action is written with who, when, what set and what came of
 * it, before and after it is done.
 */
@NullMarked
package dev.waybill.console.journal;

import org.jspecify.annotations.NullMarked;
