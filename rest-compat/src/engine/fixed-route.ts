import { sendAnswer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import type { PathParams } from './path-pattern.ts';
import type { Row, RowOptions } from './route.ts';

/** A row that needs no operation: the request alone says what to answer. */
export const fixed = <const Path extends string, Reply>(
  method: string,
  path: Path,
  { when, ok }: RowOptions & { readonly ok: (request: ApiRequest<PathParams<Path>>) => Reply },
): Row<Reply> => ({
  method,
  path,
  kind: 'fixed',
  document: undefined,
  when,
  bodyLimit: undefined,
  async serve({ request, response }, envelope) {
    sendAnswer(response, envelope.ok(ok(request as ApiRequest<PathParams<Path>>), request));
  },
});
