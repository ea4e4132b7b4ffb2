import { validate } from '@readme/openapi-parser';
import { expect, test } from 'vitest';
import { openApiOf, rowKey } from '../../src/engine/openapi.ts';
import { apiTables } from '../../src/index.ts';

test.each(apiTables.map((table) => [table.name, table] as const))(
  'the OpenAPI document of %s is valid',
  async (_name, table) => {
    const document = structuredClone(openApiOf(table));
    expect(await validate(document as Parameters<typeof validate>[0])).toEqual({
      valid: true,
      specification: 'OpenAPI',
      warnings: [],
    });
  },
);

test.each(apiTables.map((table) => [table.name, table] as const))(
  'every row of %s is documented, and nothing else',
  (_name, table) => {
    expect(Object.keys(table.docs).toSorted()).toEqual([...new Set(table.routes.map(rowKey))].toSorted());
  },
);
