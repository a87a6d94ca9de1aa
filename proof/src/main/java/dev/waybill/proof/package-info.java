/**
 * Attacks on Waybill on real servers, and what is concluded from the data they leave. In the tests:
 * every attack on one guarantee, on embedded servers or in containers.
 */
@NullMarked
package dev.waybill.proof;

import org.jspecify.annotations.NullMarked;
