import { encodeGoJson, type GoEncodable, indentGoJson } from '@pentagraph/kit/go-json';
import type { Answer, Header } from '../engine/answer.ts';
import type { Failure } from '../engine/failure.ts';
import type { Envelope } from '../engine/route.ts';

/** What a v1 answer says, before it is put in the envelope (dossier 2.1). */
export interface SnapReply {
  readonly status: number;
  /** `meta.type`: what clients tell answers apart by. */
  readonly type: string;
  readonly message: string;
  readonly body: GoEncodable;
}

/** A reply with status 200. */
export const reply = (type: string, message: string, body: GoEncodable): SnapReply => ({
  status: 200,
  type,
  message,
  body,
});

/** A reply with status 201. */
export const created = (type: string, message: string, body: GoEncodable): SnapReply => ({
  status: 201,
  type,
  message,
  body,
});

/** The text of the v1 envelope: indented, without a newline at its end. */
export function envelopeText({ status, type, message, body }: SnapReply): string {
  const envelope = { meta: { code: status, message, type, version: 1 }, body };
  return indentGoJson(encodeGoJson(envelope, { escapeHtml: 'angle-brackets' }), '  ');
}

const HEADERS: readonly Header[] = [
  ['Deprecated', 'true'],
  ['Content-Type', 'text/plain; charset=utf-8'],
];

const inEnvelope = (content: SnapReply): Answer => ({
  status: content.status,
  headers: HEADERS,
  body: envelopeText(content),
});

/** The v1 envelope around every answer of a row. */
export const snapEnvelope: Envelope<SnapReply> = {
  ok: inEnvelope,
  failed: ({ status, message, details }: Failure) =>
    inEnvelope({ status, type: 'error', message, body: { message, fields: fieldsOf(details) } }),
};

/** Clients decode `fields` as an object of strings. */
function fieldsOf({ fields }: Failure['details']): GoEncodable {
  if (typeof fields !== 'object' || fields === null) return {};
  return new Map(Object.entries(fields).map(([key, value]) => [key, String(value)]));
}
