/** What the console knows to do, behind its page and its commands alike, and the settings of it. */
@NullMarked
package dev.waybill.console.engine;

import org.jspecify.annotations.NullMarked;
