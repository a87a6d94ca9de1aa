// Prints each event of the topic once, as a line of JSON, until it is interrupted.

import { kafka, registry, topic } from './clients.js';

// What was handled. A service keeps these ids where its effects are, and writes both in one transaction;
// otherwise a crash between the two loses one of them.
const handled = new Set();

async function handle({ partition, message }) {
  const header = (name) => message.headers[name]?.toString();
  const id = header('ce_id');
  if (handled.has(id)) {
    console.error(`${id} again: dropped`);
    return;
  }
  const event = {
    id,
    type: header('ce_type'),
    time: header('ce_time'),
    key: message.key.toString(),
    version: Number(header('ce_sequence')),
    partition,
    // No value: what the key names was deleted.
    value: message.value && (await registry.decode(message.value)),
  };
  console.log(JSON.stringify(event));
  handled.add(id);
}

const consumer = kafka.consumer({
  groupId: process.env.GROUP ?? 'waybill-node',
  readUncommitted: false, // read_committed, which is kafkajs' default
});
// kafkajs says why in its log, and without this would end as if all were well.
consumer.on(consumer.events.CRASH, ({ payload }) => {
  process.exitCode = payload.restart ? 0 : 1;
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => consumer.disconnect());
}
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({ eachMessage: handle });
