// Writes the event of a new order, as the relay would, and then the same record again: B applies the first
// and drops the second. For trying B: in a running system only the relay writes to this topic.

import { Partitioners } from 'kafkajs';
import { v7 as uuidv7 } from 'uuid';
import { kafka, registry, topic } from './clients.js';

const orderId = uuidv7();
const now = new Date().toISOString().replace('Z', '000Z');
const order = {
  orderId,
  customerId: uuidv7(),
  status: 'PLACED',
  lines: [{ sku: 'SKU-1', quantity: 3, unitPrice: '19.9900' }],
  total: { amount: '59.9700', currency: 'EUR' },
  version: 1,
  placedAt: now,
  updatedAt: now,
};
const value = {
  type: 'PLACED',
  order,
  paymentReference: null,
  carrier: null,
  trackingNumber: null,
  cancellationReason: null,
};

const schemaId = await registry.getLatestSchemaId(`${topic}-value`);
const record = {
  key: orderId,
  value: await registry.encode(schemaId, value),
  headers: {
    ce_specversion: '1.0',
    ce_id: uuidv7(), // its time is what B's memory is sorted by
    ce_source: '/examples/node',
    ce_type: 'OrderPlaced',
    ce_subject: orderId,
    ce_time: now,
    ce_sequence: String(order.version),
    'content-type': 'application/avro',
  },
};

const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
await producer.send({ topic, messages: [record] });
await producer.send({ topic, messages: [record] });
await producer.disconnect();
console.log(JSON.stringify({ id: record.headers.ce_id, value }));
