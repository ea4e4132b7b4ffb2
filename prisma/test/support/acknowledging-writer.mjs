/**
 * Opens a database, writes a task after the other, and prints the id of each as soon as it is written.
 * Runs the build, as every process of the program does.
 */
import { openDatabase } from '@pentagraph/prisma';

const [url, prefix] = process.argv.slice(2);
const database = await openDatabase('snap', { url });
process.stdout.write(`opened ${database.appliedMigrations.length}\n`);
for (let index = 0; ; index++) {
  const id = `${prefix}-${index}`;
  await database.client.$transaction(async (tx) => {
    await tx.snapTask.create({
      data: {
        id,
        name: id,
        state: 'Running',
        deadline: 1n,
        maxFailures: 1,
        maxCollectDuration: 0n,
        maxMetricsBuffer: 0n,
        schedule: '{}',
        workflow: '{}',
        createdAt: new Date(),
      },
    });
    await tx.snapTask.update({ where: { id }, data: { hitCount: BigInt(index) } });
  });
  process.stdout.write(`${id}\n`);
}
