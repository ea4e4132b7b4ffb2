/**
 * `npm run db:migration -- <domain> <name>`: writes the next migration of a domain for both stores, without a database,
 * by comparing the models as of the last migration with the models now.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Provider } from '../storage/storage.ts';
import { migrationScript } from './migration-script.ts';
import { migratedSchemaFile, migrationsFolder, schemaFile } from './shipped-migrations.ts';

const providers: readonly Provider[] = ['sqlite', 'postgresql'];

async function writeMigration(domain: string, name: string): Promise<void> {
  const before = await readFile(migratedSchemaFile(domain), 'utf8').catch(emptyIfAbsent);
  const after = await readFile(schemaFile(domain), 'utf8');
  const scripts = await Promise.all(providers.map((provider) => migrationScript(provider, before, after)));
  if (scripts.every((script) => script === '')) {
    say(`The models of '${domain}' have not changed since the last migration.`);
    return;
  }
  const directory = `${timestamp(new Date())}_${name}`;
  for (const [index, provider] of providers.entries()) {
    const folder = migrationsFolder(domain, provider);
    await mkdir(`${folder}${directory}`, { recursive: true });
    await writeFile(`${folder}${directory}/migration.sql`, scripts[index] ?? '');
    await writeFile(`${folder}migration_lock.toml`, lockFile(provider));
    say(`Wrote ${folder}${directory}/migration.sql`);
  }
  await writeFile(migratedSchemaFile(domain), after);
  say('Read the scripts before you commit them: the engine does not know what the data mean.');
}

const lockFile = (provider: Provider): string =>
  `# Read by 'prisma migrate deploy', which works on these migrations too.\nprovider = "${provider}"\n`;

/** `yyyymmddhhmmss` in UTC, as Prisma names migrations. */
const timestamp = (time: Date): string => time.toISOString().replace(/\D/g, '').slice(0, 14);

function emptyIfAbsent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const [domain = '', name = ''] = process.argv.slice(2);
if (!/^[a-z]+$/.test(domain) || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('Usage: npm run db:migration -- <domain> <name_in_snake_case>\n');
  process.exitCode = 2;
} else {
  await writeMigration(domain, name);
}
