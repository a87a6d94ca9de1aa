package dev.waybill.bench;

import javax.sql.DataSource;

/**
 * A database of the stage's PostgreSQL.
 *
 * @param source not pooled: each connection is a new one
 */
record Database(String name, String url, DataSource source) {}
