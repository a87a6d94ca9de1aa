-- System A's own tables. Its events are rows of the outbox, which has migrations of its own.

CREATE TABLE orders (
  order_id            uuid           PRIMARY KEY,
  customer_id         uuid           NOT NULL,
  status              text           NOT NULL CHECK (status IN ('PLACED', 'PAID', 'SHIPPED', 'CANCELLED')),
  lines               jsonb          NOT NULL,
  total               numeric(19, 4) NOT NULL CHECK (total >= 0),
  currency            text           NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  version             bigint         NOT NULL CHECK (version >= 1),
  payment_reference   text,
  carrier             text,
  tracking_number     text,
  cancellation_reason text,
  placed_at           timestamptz    NOT NULL,
  updated_at          timestamptz    NOT NULL CHECK (updated_at >= placed_at)
) WITH (fillfactor = 80); -- Room for an order's next states on the page of the first, indexes untouched.

COMMENT ON TABLE orders IS 'One row for each order that was not erased.';
COMMENT ON COLUMN orders.order_id IS 'UUID version 7, made by the service: the id of an erased order never comes back.';
COMMENT ON COLUMN orders.lines IS 'Written once, with the order, and only ever read with it: [{sku, quantity, unitPrice}], prices as decimal strings.';
COMMENT ON COLUMN orders.version IS 'How many events the order has had: 1, 2, 3 and so on.';

CREATE INDEX orders_customer ON orders (customer_id, order_id);

CREATE TABLE idempotency_key (
  key         text        PRIMARY KEY,
  fingerprint bytea       NOT NULL CHECK (octet_length(fingerprint) = 32),
  status      smallint,
  location    text,
  body        text,
  created_at  timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE idempotency_key IS 'The answers of requests that came with an Idempotency-Key and changed something.';
COMMENT ON COLUMN idempotency_key.fingerprint IS 'SHA-256 of method, path and body.';
COMMENT ON COLUMN idempotency_key.status IS 'NULL only inside the transaction that makes the change.';

-- Finds the oldest, which are deleted when their retention is over.
CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);
