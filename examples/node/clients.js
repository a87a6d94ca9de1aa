// Kafka and the schema registry, and Avro's logical types as values without loss.

import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import avsc from 'avsc';
import { Kafka, logLevel } from 'kafkajs';

export const topic = process.env.TOPIC ?? 'orders.events';

export const kafka = new Kafka({
  clientId: 'waybill-node',
  brokers: (process.env.KAFKA_BOOTSTRAP_SERVERS ?? 'localhost:9092').split(','),
  logLevel: logLevel.WARN,
});

/** A decimal is its unscaled number, big-endian in two's complement. Here: a text such as "19.9900". */
class Decimal extends avsc.types.LogicalType {
  constructor(schema, options) {
    super(schema, options);
    this.scale = schema.scale ?? 0;
  }

  _fromValue(bytes) {
    const unscaled = bytes.length ? BigInt.asIntN(8 * bytes.length, BigInt(`0x${bytes.toString('hex')}`)) : 0n;
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(this.scale + 1, '0');
    const point = digits.length - this.scale;
    const text = this.scale ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits;
    return unscaled < 0n ? `-${text}` : text;
  }

  _toValue(text) {
    const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
    if (whole === undefined || fraction.length > this.scale) {
      return undefined; // avsc refuses the record
    }
    const unscaled = BigInt(sign + whole + fraction.padEnd(this.scale, '0'));
    let length = 1;
    while (BigInt.asIntN(8 * length, unscaled) !== unscaled) {
      length++;
    }
    const hex = BigInt.asUintN(8 * length, unscaled).toString(16);
    return Buffer.from(hex.padStart(2 * length, '0'), 'hex');
  }
}

/** Microseconds since 1970 in UTC. A Date would lose three digits, hence a text: "2026-01-31T12:00:00.123456Z". */
class TimestampMicros extends avsc.types.LogicalType {
  _fromValue(micros) {
    const millis = Math.floor(micros / 1000);
    const rest = String(micros - 1000 * millis).padStart(3, '0');
    return new Date(millis).toISOString().replace('Z', `${rest}Z`);
  }

  _toValue(text) {
    const [, second, fraction] = /^(.+T\d\d:\d\d:\d\d)\.(\d{6})Z$/.exec(text) ?? [];
    const seconds = Date.parse(`${second}Z`) / 1000;
    return Number.isNaN(seconds) ? undefined : seconds * 1_000_000 + Number(fraction);
  }
}

export const registry = new SchemaRegistry(
  { host: process.env.SCHEMA_REGISTRY_URL ?? 'http://localhost:8090' },
  {
    [SchemaType.AVRO]: {
      logicalTypes: { decimal: Decimal, 'timestamp-micros': TimestampMicros },
    },
  },
);
