/** Producer and relay behind a connection pooler. */
@NullMarked
package dev.waybill.proof.pooler;

import org.jspecify.annotations.NullMarked;
