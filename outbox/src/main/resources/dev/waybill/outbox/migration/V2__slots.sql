-- Which lanes there are is the relay's business alone: the writer stamps one of 256 slots, of which the
-- relay makes its lanes. Rows that are there keep the number of their old lane, as a slot; the relay
-- publishes all of them before it shares slots among lanes. A writer or a relay from before this one
-- fails at once instead of writing or reading half of the rows.

ALTER TABLE outbox_event RENAME COLUMN lane TO slot;
ALTER TABLE outbox_event RENAME CONSTRAINT outbox_event_lane_check TO outbox_event_slot_check;

COMMENT ON COLUMN outbox_event.slot IS 'CRC-32C of the aggregate id (UTF-8) modulo 256; the relay makes lanes of slots.';

-- Finds what became visible since a snapshot; slots are told apart within the index. The relay pages
-- through large windows by seq.
CREATE INDEX outbox_event_xid_slot ON outbox_event (xid, slot);
DROP INDEX outbox_event_lane_xid;
