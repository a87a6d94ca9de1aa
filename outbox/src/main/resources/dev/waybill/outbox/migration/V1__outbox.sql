-- The outbox: what committed here and has to be told to others. Rows are written in the business
-- transaction and never updated; the relay only reads them.

CREATE TABLE outbox_schema (
  schema_id   int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256      bytea       NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
  schema_json text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE outbox_schema IS 'The Avro schemas that payloads were written with, in full.';
COMMENT ON COLUMN outbox_schema.sha256 IS 'SHA-256 of schema_json in UTF-8.';

CREATE TABLE outbox_event (
  seq               bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
  lane              smallint    NOT NULL CHECK (lane >= 0),
  xid               xid8        NOT NULL DEFAULT pg_current_xact_id(),
  event_id          uuid        NOT NULL,
  aggregate_type    text        NOT NULL,
  aggregate_id      text        NOT NULL CHECK (aggregate_id <> ''),
  aggregate_version bigint      NOT NULL CHECK (aggregate_version >= 1),
  event_type        text        NOT NULL,
  schema_id         int,
  payload           bytea,
  headers           jsonb       NOT NULL DEFAULT '{}',
  occurred_at       timestamptz NOT NULL DEFAULT now(),
  CHECK ((payload IS NULL) = (schema_id IS NULL))
);

COMMENT ON TABLE outbox_event IS 'One row for each event; never updated.';
COMMENT ON COLUMN outbox_event.seq IS 'Order of the events of an aggregate, whose row is locked first.';
COMMENT ON COLUMN outbox_event.lane IS 'Which lane of the relay publishes it: CRC-32C of the aggregate id (UTF-8) modulo the number of lanes.';
COMMENT ON COLUMN outbox_event.xid IS 'The transaction that wrote it; what the relay''s snapshot cursor compares.';
COMMENT ON COLUMN outbox_event.event_id IS 'UUID version 7. Not unique by an index: every index is paid for in each transaction.';
COMMENT ON COLUMN outbox_event.aggregate_version IS '1, 2, 3 and so on for each aggregate.';
COMMENT ON COLUMN outbox_event.schema_id IS 'In outbox_schema. No foreign key: it would lock that row in every transaction.';
COMMENT ON COLUMN outbox_event.payload IS 'Plain Avro binary; NULL is a tombstone: the aggregate was deleted.';
COMMENT ON COLUMN outbox_event.headers IS 'Names and values, both strings: traceparent and the like.';
COMMENT ON COLUMN outbox_event.occurred_at IS 'When the transaction began, unless the writer said otherwise.';

-- Finds what became visible since a snapshot. The relay pages through large windows by seq.
CREATE INDEX outbox_event_lane_xid ON outbox_event (lane, xid);

-- An append-only table: without this, statistics would be refreshed only after a fifth of it changed.
ALTER TABLE outbox_event SET (autovacuum_analyze_scale_factor = 0.02);
