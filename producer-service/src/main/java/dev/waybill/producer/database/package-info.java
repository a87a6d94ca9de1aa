/**
 * The way to PostgreSQL: the pool, the migrations, whether it is there, and what a failure means.
 */
@NullMarked
package dev.waybill.producer.database;

import org.jspecify.annotations.NullMarked;
