@NullMarked
package dev.waybill.schemas.cli;

import org.jspecify.annotations.NullMarked;
