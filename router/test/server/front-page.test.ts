import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { examples } from '../../src/playground/examples.ts';
import { served } from './fixtures/served.ts';

test('browsers get GraphiQL in one page that loads nothing from elsewhere', async () => {
  const { url } = await served();
  const response = await fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' } });
  const html = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).toContain('"subscriptionsProtocol":"WS"');
  const loads =
    /<(?:script|img|iframe|source)[^>]+src=["']?(?!data:|blob:)|<link[^>]+href=["'](?!data:)|@import\s|url\(["']?(?:https?:)?\/\//gi;
  const [head = ''] = html.split('function prepareBlob');
  expect(head.match(loads)).toBeNull();
});

test('the page is not sent again while it is the same', async () => {
  const { url } = await served();
  const headers = { accept: 'text/html' };
  const { headers: first } = await fetch(url, { headers });
  const again = await fetch(url, { headers: { ...headers, 'if-none-match': first.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});

test('everybody else gets a list of what is served', async () => {
  const { url } = await served({ mounts: [{ name: 'snap', summary: '/v1/plugins', register: () => {} }] });
  expect(await (await fetch(url)).json()).toMatchObject({ graphql: '/graphql', apis: { snap: '/v1/plugins' } });
});

test.each(examples.map((example, index) => [index + 1, example] as const))(
  'the operation of tab %i is GraphQL',
  (_, { query }) => {
    expect(parse(query).definitions).toHaveLength(1);
  },
);
