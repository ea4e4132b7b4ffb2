import type { Answer, Header } from '../engine/answer.ts';

const TEXT: Header = ['Content-Type', 'text/plain; charset=utf-8'];
const NO_SNIFF: Header = ['X-Content-Type-Options', 'nosniff'];

/** What the original says outside of its envelope (dossier 2.1). */
export const notFound: Answer = { status: 404, headers: [TEXT, NO_SNIFF], body: '404 page not found\n' };

export const methodNotAllowed: Answer = { status: 405, headers: [TEXT, NO_SNIFF], body: 'Method Not Allowed\n' };

export const malformedPath: Answer = { status: 400, headers: [TEXT, ['Connection', 'close']], body: '400 Bad Request' };

/** GET is sent on with a page that has the link, other methods with 307, which keeps method and body. */
export const redirect = (method: string, location: string): Answer =>
  method === 'GET'
    ? {
        status: 301,
        headers: [
          ['Content-Type', 'text/html; charset=utf-8'],
          ['Location', location],
        ],
        body: `<a href="${escapeHtml(location)}">Moved Permanently</a>.\n\n`,
      }
    : { status: 307, headers: [['Location', location]], body: '' };

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character);
