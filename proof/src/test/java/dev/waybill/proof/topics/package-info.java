/** What the services ask of topics when they start, asked of a real broker. */
@NullMarked
package dev.waybill.proof.topics;

import org.jspecify.annotations.NullMarked;
