/**
 * Dead letters: their groups, each letter with its content, and what a person does about them, in
 * bulk and with a plan that is written down first.
 */
@NullMarked
package dev.waybill.console.letters;

import org.jspecify.annotations.NullMarked;
