import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { limitError } from '../graph/limits.ts';
import { isWellEncoded } from './path-encoding.ts';

/** What the server answers when a request never reaches an operation: a GraphQL error in the body of an HTTP error. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const badRequest = (code: string, message: string): Refusal => ({ status: 400, code, message });

/** Why a request could not be read, by the code of Node.js or Fastify. */
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'HEADERS_TOO_LARGE',
    message: 'The request headers exceed 16 KiB. Send smaller cookies and headers.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'REQUEST_TIMEOUT',
    message: 'The request did not arrive in time. Send it again in one go.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: "The body has a content type that is not served here. Send JSON with 'content-type: application/json'.",
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: badRequest('BAD_REQUEST', 'The body is empty. Send a JSON object with a `query`.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: badRequest('BAD_REQUEST', 'The body is not as long as its content-length says.'),
  ERR_INVALID_URL: badRequest('BAD_REQUEST', 'The host header is not a host name or address.'),
};

const badlyEncoded = badRequest('BAD_REQUEST', 'The path of the URL is not percent-encoded UTF-8.');

const malformed = badRequest('BAD_REQUEST', 'This is not a well-formed HTTP/1.1 request.');

/** The refusal for an error that was thrown before an operation ran; undefined when it is a defect of the server. */
export function refusalOf(error: { readonly code?: string; readonly statusCode?: number; readonly message: string }) {
  const known = error.code === undefined ? undefined : refusals[error.code];
  if (known) return known;
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? { status, code: 'BAD_REQUEST', message: error.message } : undefined;
}

const bodyOf = ({ code, message }: Refusal): string => JSON.stringify({ errors: [{ message, extensions: { code } }] });

/** Answers an error of the routes that are not an API's own. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return answerTooLarge(request, reply);
  const refusal = refusalOf(error);
  if (refusal) return answer(reply, refusal);
  request.log.error({ err: error, requestId: request.id }, 'A request failed unexpectedly');
  return answer(reply, { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' });
}

/** Answers what no route serves. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!isWellEncoded(request.originalUrl)) return answer(reply, badlyEncoded);
  const message = `Nothing is served at ${request.method} ${request.url.slice(0, 200)}. GET / lists what is.`;
  return answer(reply, { status: 404, code: 'NOT_FOUND', message });
}

/** How long a client may take to read why its connection ends. */
const LINGER_MS = 1_000;

/** Answers bytes that are no HTTP request, and ends the connection. */
export function answerMalformed(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const refusal = (error.code && refusals[error.code]) || malformed;
  const body = bodyOf(refusal);
  const head = [
    `HTTP/1.1 ${refusal.status} ${reasons[refusal.status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // A client that keeps its side of the connection open would keep the connection.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

export const answer = (reply: FastifyReply, refusal: Refusal): FastifyReply =>
  reply.code(refusal.status).type('application/json; charset=utf-8').send(bodyOf(refusal));

function answerTooLarge(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const size = Number(request.headers['content-length'] ?? request.routeOptions.bodyLimit + 1);
  const error = limitError('bodyBytes', size, request.routeOptions.bodyLimit);
  return reply
    .code(413)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [error] }));
}
