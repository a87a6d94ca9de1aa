/**
 * What others make of it: the registry's client and the wire format against whichever registry the
 * run has, and against Apicurio's own API and classes.
 */
@NullMarked
package dev.waybill.proof.interop;

import org.jspecify.annotations.NullMarked;
