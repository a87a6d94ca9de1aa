// Creates a topic where it is not there: npm run topic -- NAME [PARTITIONS]

import { kafka } from './clients.js';

const [name, partitions = '6'] = process.argv.slice(2);
if (!name) {
  console.error('usage: npm run topic -- NAME [PARTITIONS]');
  process.exit(2);
}
const admin = kafka.admin();
await admin.connect();
const created = await admin.createTopics({ topics: [{ topic: name, numPartitions: Number(partitions) }] });
console.log(created ? `created ${name}` : `${name} is there`);
await admin.disconnect();
