import { composeDomains } from '@pentagraph/router';
import { validate } from 'graphql';
import { expect, test } from 'vitest';
import { operationTitle } from '../../src/engine/operation.ts';
import { apiTables } from '../../src/index.ts';

test('every operation of the route tables is valid on the composed graph', async () => {
  const { apiSchema } = await composeDomains();
  const documents = apiTables.flatMap(({ routes }) => routes.flatMap(({ document }) => document ?? []));
  const problems = documents.flatMap((document) =>
    validate(apiSchema, document).map(({ message }) => `${operationTitle(document)}: ${message}`),
  );
  expect(documents.length).toBeGreaterThan(0);
  expect(problems).toEqual([]);
});
