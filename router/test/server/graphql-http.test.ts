import { describe, expect, test } from 'vitest';
import { post, resultOf, served } from './fixtures/served.ts';

const query = '{ book(id: "1") { title stars } }';
const answer = { data: { book: { title: 'Dune', stars: 4 } } };

describe('answers', () => {
  test('a POST', async () => {
    const { url } = await served();
    const response = await post(url, { query });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual(answer);
  });

  test('a GET with the header that tells a page can not have sent it', async () => {
    const { url } = await served();
    const response = await fetch(
      `${url}/graphql?query=${encodeURIComponent('query ($id: ID!) { book(id: $id) { title } }')}&variables=${encodeURIComponent('{"id":"2"}')}`,
      { headers: { 'apollo-require-preflight': '1' } },
    );
    expect(await response.json()).toEqual({ data: { book: { title: 'Solaris' } } });
  });

  test('in the media type that was asked for', async () => {
    const { url } = await served();
    const response = await post(url, { query }, { accept: 'application/graphql-response+json' });
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
  });

  test('with the id of the request, its own where the given one is not sane', async () => {
    const { url } = await served();
    const given = await post(url, { query }, { 'x-request-id': 'trace-7' });
    expect(given.headers.get('x-request-id')).toBe('trace-7');
    const insane = await post(url, { query }, { 'x-request-id': 'a b;c' });
    expect(insane.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  test('an operation that comes again without planning it again', async () => {
    const { url, graph } = await served();
    for (let round = 0; round < 3; round++) expect(await resultOf(await post(url, { query }))).toEqual(answer);
    expect(graph.stats().planCache).toMatchObject({ hits: 2, misses: 1 });
  });

  test('introspection', async () => {
    const { url } = await served();
    const response = await post(url, { query: '{ __schema { queryType { name } } }' });
    expect(await resultOf(response)).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
  });

  test('what a domain refuses, with status 200 and its code', async () => {
    const { url } = await served();
    const response = await post(url, { query: '{ book(id: "9") { title } }' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      data: { book: null },
      errors: [
        {
          message: 'No book has the id 9.',
          path: ['book'],
          extensions: { code: 'BOOK_NOT_FOUND', domain: 'library', httpStatus: 404, details: { id: '9' } },
        },
      ],
    });
  });
});

interface BadRequest {
  readonly name: string;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly code: string;
  readonly message?: RegExp;
}

const manyAliases = `{ ${Array.from({ length: 51 }, (_, index) => `a${index}: reviewCount`).join(' ')} }`;

const badRequests: readonly BadRequest[] = [
  { name: 'text that is no JSON', body: '{"query":', status: 400, code: 'BAD_REQUEST', message: /not JSON/ },
  {
    name: 'bytes that are no UTF-8',
    body: Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d),
    status: 400,
    code: 'BAD_REQUEST',
    message: /UTF-8/,
  },
  { name: 'keys that change prototypes', body: '{"__proto__":{"query":"{a}"}}', status: 400, code: 'BAD_REQUEST' },
  { name: 'an empty body', body: '', status: 400, code: 'BAD_REQUEST' },
  { name: 'a batch', body: [{ query }], status: 400, code: 'BAD_REQUEST' },
  {
    name: 'another content type',
    body: 'query=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: /application\/json/,
  },
  {
    name: 'a content type that pages may send',
    body: JSON.stringify({ query }),
    headers: { 'content-type': 'text/plain' },
    status: 400,
    code: 'BAD_REQUEST',
    message: /Cross-Site Request Forgery/,
  },
  { name: 'no GraphQL', body: { query: '{' }, status: 400, code: 'GRAPHQL_PARSE_FAILED' },
  { name: 'an unknown field', body: { query: '{ nonsense }' }, status: 400, code: 'GRAPHQL_VALIDATION_FAILED' },
  {
    name: 'a missing variable',
    body: { query: 'query ($id: ID!) { book(id: $id) { id } }' },
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'an unknown operation',
    body: { query: 'query A { reviewCount }', operationName: 'B' },
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
  },
  {
    name: 'a limit exceeded',
    body: { query: manyAliases },
    status: 400,
    code: 'ALIAS_LIMIT_EXCEEDED',
    message: /51 aliases; the limit is 50/,
  },
  {
    name: 'a body too large',
    body: { query, padding: 'x'.repeat(2 ** 20) },
    status: 413,
    code: 'BODY_LIMIT_EXCEEDED',
    message: /limit is 1048576/,
  },
];

describe('refuses', () => {
  test.each(badRequests)('$name', async ({ body, headers, status, code, message = /./ }) => {
    const { url } = await served();
    const response = await post(url, body, headers);
    const text = await response.text();
    expect(response.status, text).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const [error] = JSON.parse(text).errors;
    expect(error.extensions.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(text).not.toMatch(/stack|node_modules|\.ts:/);
  });

  test('a GET that a page could have sent', async () => {
    const { url } = await served();
    const response = await fetch(`${url}/graphql?query={reviewCount}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Cross-Site Request Forgery');
  });

  test('a mutation by GET', async () => {
    const { url } = await served();
    const mutation = encodeURIComponent('mutation { addBook(input: { title: "x" }) { id } }');
    const response = await fetch(`${url}/graphql?query=${mutation}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test('other methods', async () => {
    const { url } = await served();
    const response = await fetch(`${url}/graphql`, { method: 'DELETE', headers: { 'apollo-require-preflight': '1' } });
    expect(response.status).toBe(405);
  });

  test('to serve what is not there', async () => {
    const { url } = await served();
    const response = await fetch(`${url}/nowhere`);
    expect(response.status).toBe(404);
    expect(await resultOf(response)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  test('to trust pages of other sites', async () => {
    const { url } = await served();
    const viewer = async (headers: Record<string, string>) =>
      (await resultOf(await post(url, { query: '{ whoami }' }, headers))).data?.whoami;
    expect(await viewer({})).toBe('local-operator');
    expect(await viewer({ origin: url })).toBe('local-operator');
    expect(await viewer({ origin: 'https://elsewhere.example' })).toBe('anonymous');
  });
});
