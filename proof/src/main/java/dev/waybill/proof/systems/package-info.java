/** What there is to know from outside: A's tables, B's answers, the topics. */
@NullMarked
package dev.waybill.proof.systems;

import org.jspecify.annotations.NullMarked;
