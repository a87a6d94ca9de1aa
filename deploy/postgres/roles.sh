#!/usr/bin/env bash
# Run once, by the first start of the database: a role for each who has business here, no more rights
# than that needs. The tables belong to "owner"; what the others may do with them is given by
# "producer-service migrate".
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  -v owner="$OWNER_PASSWORD" -v producer="$PRODUCER_PASSWORD" \
  -v relay="$RELAY_PASSWORD" -v registry="$REGISTRY_PASSWORD" \
  -v console="$CONSOLE_PASSWORD" <<'SQL'
CREATE ROLE owner LOGIN PASSWORD :'owner';
CREATE ROLE producer LOGIN PASSWORD :'producer';
CREATE ROLE relay LOGIN PASSWORD :'relay';
CREATE ROLE registry LOGIN PASSWORD :'registry';
CREATE ROLE console LOGIN PASSWORD :'console';
CREATE DATABASE orders OWNER owner;
CREATE DATABASE registry OWNER registry;
REVOKE CONNECT, TEMPORARY ON DATABASE orders, registry FROM PUBLIC;
GRANT CONNECT ON DATABASE orders TO producer, relay, console;
SQL
