import { domains } from '../../domains.ts';
import { composeSupergraph } from '../../graph/compose.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { Invocation } from '../command.ts';
import { UsageError, unknownWord } from '../usage-error.ts';

/** `pentagraph compose`: prints the supergraph of all domains. */
export async function compose({ options, terminal }: Invocation): Promise<number> {
  const urls = routingUrls(options.url ?? []);
  const definitions = domains.map(async ({ name, load }) => {
    const { typeDefs } = await load();
    return { name, typeDefs, url: urls.get(name) };
  });
  const { supergraphSdl } = composeSupergraph(await Promise.all(definitions));
  await terminal.print(`${supergraphSdl.trimEnd()}\n`);
  return exitCodes.stopped;
}

function routingUrls(given: readonly string[]): ReadonlyMap<string, string> {
  const names: readonly string[] = domains.map(({ name }) => name);
  const entries = given.map((text): [string, string] => {
    const [, name, url] = /^([^=]+)=(https?:\/\/.+)$/.exec(text) ?? [];
    if (name === undefined || url === undefined || !URL.canParse(url))
      throw new UsageError(`--url takes domain=url, like snap=http://127.0.0.1:4001/graphql, not '${text}'.`);
    if (!names.includes(name)) throw unknownWord('domain', name, names);
    return [name, url];
  });
  return new Map(entries);
}
