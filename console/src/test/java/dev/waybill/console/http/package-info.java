/** The page, proved. */
@NullMarked
package dev.waybill.console.http;

import org.jspecify.annotations.NullMarked;
