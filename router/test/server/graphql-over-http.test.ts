import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { served } from './fixtures/served.ts';

const statusesWork = 'clients and proxies see a failed operation by its status; Apollo clients expect 400';
const pagesMaySend = 'a page of another site could send it without being asked first';

/** Recommendations that are not followed, and why; every MUST is. */
const deviations: Readonly<Record<string, string>> = {
  'MAY accept application/x-www-form-urlencoded formatted GET requests': pagesMaySend,
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json':
    pagesMaySend,
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json': pagesMaySend,
  'SHOULD use 200 status code on document parsing failure when accepting application/json': statusesWork,
  'SHOULD use 200 status code on document validation failure when accepting application/json': statusesWork,
  'SHOULD use a status code of 200 on variable coercion failure when accepting application/json': statusesWork,
};

test('GraphQL over HTTP is spoken as its specification demands', async () => {
  const { url } = await served();
  const results = await auditServer({ url: `${url}/graphql` });
  expect(results.length).toBeGreaterThan(60);
  expect(results.filter(({ status }) => status === 'error')).toEqual([]);
  const notFollowed = results.filter(({ status }) => status !== 'ok').map(({ name }) => name);
  expect(notFollowed.sort()).toEqual(Object.keys(deviations).sort());
});
