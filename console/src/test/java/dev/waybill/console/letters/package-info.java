/** Letters and what is done about them, proved. */
@NullMarked
package dev.waybill.console.letters;

import org.jspecify.annotations.NullMarked;
