import { readFile, writeFile } from 'node:fs/promises';
import { withTaskStates } from './task-states-table.ts';

const page = new URL('../../../../docs/snap.md', import.meta.url);
await writeFile(page, withTaskStates(await readFile(page, 'utf8')));
