import type { FastifyInstance } from 'fastify';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads JSON bodies strictly: bytes that are no UTF-8 and keys that would change prototypes are refused. */
export function readJsonStrictly(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = decoded(body);
    if (text === undefined) return done(badRequest('The body is not UTF-8. Encode the JSON text as UTF-8.'), undefined);
    return parseJson(request, text, (error, value) =>
      error ? done(badRequest(`The body is not JSON: ${error.message}`), undefined) : done(null, value),
    );
  });
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const badRequest = (message: string) => Object.assign(new Error(message), { statusCode: 400 });
