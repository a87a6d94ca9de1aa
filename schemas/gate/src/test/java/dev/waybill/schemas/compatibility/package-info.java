@NullMarked
package dev.waybill.schemas.compatibility;

import org.jspecify.annotations.NullMarked;
