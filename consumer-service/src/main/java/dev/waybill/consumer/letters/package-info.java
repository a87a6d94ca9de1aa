/** What is in the topic of the dead letters, and what became of each. */
@NullMarked
package dev.waybill.consumer.letters;

import org.jspecify.annotations.NullMarked;
