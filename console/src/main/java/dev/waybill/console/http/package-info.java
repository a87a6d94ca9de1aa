/**
 * The page: views that are rendered here, over the same engine as the commands; closed but to those
 * who may.
 */
@NullMarked
package dev.waybill.console.http;

import org.jspecify.annotations.NullMarked;
