import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { examples } from './examples.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** GraphiQL as one page that loads nothing else. */
export interface PlaygroundPage {
  /** HTML, compressed with gzip: the page is 9 MB of text otherwise. */
  readonly gzipped: Buffer;
  /** Changes when the page does. */
  readonly etag: string;
  plain(): Promise<Buffer>;
}

/**
 * What the page may do. It keeps the promise that nothing comes from elsewhere, whatever GraphiQL's makers put into it; its
 * editor needs inline scripts, workers made of text, and `eval`.
 */
export const playgroundPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'worker-src blob:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * GraphiQL animates its tabs into place and leaves their starting point behind in their style: the first press of the mouse would
 * make a tab jump away from under the pointer instead of opening it.
 */
const steadyTabs = '.graphiql-tab { transform: none !important; }';

/** GraphiQL puts answers beside the operation, which leaves no room for them on a phone: there they go below. */
const answersBelow = `@media (max-width: 640px) {
  div:has(> .graphiql-editors) { flex-direction: column; }
  .graphiql-horizontal-drag-bar { display: none; }
}`;

let page: Promise<PlaygroundPage> | undefined;

/** The page, made when it is first asked for. */
export function playgroundPage(): Promise<PlaygroundPage> {
  page ??= render().catch((error: unknown) => {
    page = undefined;
    throw error;
  });
  return page;
}

async function render(): Promise<PlaygroundPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Pentagraph',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultTabs: examples.map(({ query, variables }) => ({
      query,
      ...(variables && { variables: JSON.stringify(variables, null, 2) }),
    })),
    defaultEditorToolsVisibility: 'variables',
  });
  const gzipped = await compress(html.replace('</head>', `<style>${steadyTabs}${answersBelow}</style></head>`));
  const etag = `"${createHash('sha256').update(gzipped).digest('base64url').slice(0, 22)}"`;
  return { gzipped, etag, plain: () => decompress(gzipped) };
}
