/**
 * Services and a kit with one fault built in, each of which a campaign must find: a judge that has
 * not caught a mutant proves nothing.
 */
@NullMarked
package dev.waybill.proof.mutants;

import org.jspecify.annotations.NullMarked;
