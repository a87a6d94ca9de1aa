/** What the page and the commands put into words alike. */
@NullMarked
package dev.waybill.console.text;

import org.jspecify.annotations.NullMarked;
