@NullMarked
package dev.waybill.consumer.belongings;

import org.jspecify.annotations.NullMarked;
