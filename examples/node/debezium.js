// Writes an event as Debezium's outbox event router does, and then the same record again, as after a crash.
// For trying examples/debezium: in a running system only the connector writes to this topic.

import { Partitioners } from 'kafkajs';
import { v4 as uuidv4 } from 'uuid';
import { kafka } from './clients.js';

const producer = kafka.producer({ createPartitioner: Partitioners.JavaCompatiblePartitioner });
const event = { key: 'p-1', value: '{"to": "shelf 7"}', headers: { id: uuidv4(), eventType: 'ParcelMoved' } };
await producer.connect();
await producer.send({ topic: 'outbox.event.parcel', acks: -1, messages: [event, event] });
console.log(`${event.headers.id} written twice`);
await producer.disconnect();
