/**
 * The ways in which A can tell B, each in a package of its own and in its best honest form, and
 * what all of them share: a small bank that is A, the call to B over HTTP, and B's effects.
 */
@NullMarked
package dev.waybill.proof.patterns;

import org.jspecify.annotations.NullMarked;
