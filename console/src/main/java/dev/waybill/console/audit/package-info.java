/**
 * Whether A and B agree: what committed and what took effect, minute by minute, and the tables
 * themselves on demand; what differs is named, with why.
 */
@NullMarked
package dev.waybill.console.audit;

import org.jspecify.annotations.NullMarked;
