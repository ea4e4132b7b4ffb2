/**
 * Generates the Prisma clients of every domain, one per provider, from the models in schema/<domain>.prisma.
 * Plain JavaScript, since it must run on a clean clone before anything is compiled.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const room = join(dirname(fileURLToPath(import.meta.url)), '..');
const schemas = join(room, 'schema');
const generated = join(room, 'src', 'generated');
const prismaCommand = createRequire(import.meta.url).resolve('prisma/build/index.js');

const completeSchema = (provider, models) => `generator client {
  provider               = "prisma-client"
  output                 = "./${provider}"
  runtime                = "nodejs"
  moduleFormat           = "esm"
  generatedFileExtension = "ts"
  importFileExtension    = "ts"
}

datasource db {
  provider = "${provider}"
}

${models}`;

async function generateClient(domain, provider) {
  const models = await readFile(join(schemas, `${domain}.prisma`), 'utf8');
  const schemaFile = join(generated, domain, `${provider}.prisma`);
  await mkdir(dirname(schemaFile), { recursive: true });
  await writeFile(schemaFile, completeSchema(provider, models));
  await promisify(execFile)(process.execPath, [prismaCommand, 'generate', '--schema', schemaFile, '--no-hints'], {
    cwd: room,
    env: {
      ...process.env,
      // Generating needs no native engine; naming any existing file keeps Prisma from downloading one.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
}

const domains = (await readdir(schemas)).map((file) => file.replace(/\.prisma$/, ''));
await mkdir(generated, { recursive: true });
const stale = (await readdir(generated)).filter((folder) => !domains.includes(folder));
await Promise.all(stale.map((folder) => rm(join(generated, folder), { recursive: true })));
for (const domain of domains) {
  await Promise.all(['sqlite', 'postgresql'].map((provider) => generateClient(domain, provider))).catch((error) => {
    process.stderr.write(`The Prisma clients of '${domain}' could not be generated.\n${error.stderr ?? error}\n`);
    process.exit(1);
  });
}
