import { writeFile } from 'node:fs/promises';
import { apiTables } from '../index.ts';
import { compatibilityPage, servedEndpoints } from './compatibility.ts';
import { readEndpoints } from './endpoints.ts';
import { proofs } from './proofs.ts';

const page = new URL('../../../docs/compatibility.md', import.meta.url);
await writeFile(page, compatibilityPage(servedEndpoints(readEndpoints(), apiTables, proofs), apiTables));
