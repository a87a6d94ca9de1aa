/**
 * Other versions of the schemas and of their generated classes, made from those that the services
 * are built with, so that a service can be started as it will be, or as it would wrongly be.
 */
@NullMarked
package dev.waybill.proof.evolution;

import org.jspecify.annotations.NullMarked;
