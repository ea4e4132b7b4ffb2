import { createServer } from 'node:http';

/** The yardstick: Node's own HTTP server with a fixed answer, nothing else. */
const body = process.env.BENCH_BODY ?? '';
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.send?.(address.port);
});
