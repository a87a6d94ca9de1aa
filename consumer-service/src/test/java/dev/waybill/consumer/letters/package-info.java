/** Tests of what is shown of the dead letters. */
@NullMarked
package dev.waybill.consumer.letters;

import org.jspecify.annotations.NullMarked;
