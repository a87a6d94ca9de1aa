/** The servers that tests stand on: embedded ones, or the images that people run. */
@NullMarked
package dev.waybill.proof.servers;

import org.jspecify.annotations.NullMarked;
