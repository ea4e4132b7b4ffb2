import { styleText } from 'node:util';
import type { Logger } from '@pentagraph/kit';
import type { BoundListener } from '../server/server-options.ts';
import { isPretty, type LoggerOptions } from './logger.ts';

/** What a process says of itself when it serves. */
export interface Banner {
  /** `Pentagraph 0.1.0`. */
  readonly title: string;
  /** From the start of the process until it served, milliseconds. */
  readonly startMs: number;
  readonly listeners: readonly BoundListener[];
  /** Whether `/` is a playground. */
  readonly playground: boolean;
  /** The REST APIs, with the paths they answer. */
  readonly apis: readonly { readonly name: string; readonly summary: string }[];
  /** What each domain says of itself: store, drivers. */
  readonly domains: readonly { readonly name: string; readonly facts: readonly string[] }[];
  /** Absolute; absent for a process that holds no data. */
  readonly dataDir?: string;
  /** A command to try, given the main address. */
  readonly example: (origin: string) => string;
}

type Row = readonly [label: string, ...lines: readonly string[]];

/** An address somebody can open: the one that means "all of them" can't be. */
const reachable = (url: string): string => url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');

const isEverywhere = (url: string): boolean => reachable(url) !== url;

function graphRows({ listeners, playground }: Banner): readonly Row[] {
  const main = listeners.find(({ graph }) => graph);
  if (!main) return [];
  const origin = reachable(main.url);
  const everywhere = isEverywhere(main.url) ? ['and at every other address of this machine'] : [];
  return [
    ['Graph', `${origin}/graphql`, `${origin.replace(/^http/, 'ws')}/graphql  subscriptions`, ...everywhere],
    ...(playground ? [['Playground', `${origin}/`] as const] : []),
    ['Health', `${origin}/healthz`, `${origin}/readyz`],
    ['Metrics', `${origin}/metrics`],
  ];
}

function apiRows({ apis, listeners }: Banner): readonly Row[] {
  return apis.map(({ name, summary }) => {
    const places = listeners.filter((listener) => listener.apis.includes(name));
    return [`${name} API`, ...places.map(({ url }) => reachable(url)), summary];
  });
}

const domainRows = ({ domains }: Banner): readonly Row[] => domains.map(({ name, facts }) => [name, ...facts]);

/** The banner for a terminal. */
export function bannerText(banner: Banner, { color }: { readonly color: boolean }): string {
  const style = (format: 'bold' | 'cyan' | 'dim', text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text;
  const origin = reachable(banner.listeners.find(({ graph }) => graph)?.url ?? '');
  const groups: readonly (readonly Row[])[] = [
    graphRows(banner),
    apiRows(banner),
    [...domainRows(banner), ...(banner.dataDir ? [['Data', banner.dataDir] as const] : [])],
    [
      ['Try', banner.example(origin)],
      ['Stop', 'Ctrl-C; twice ends at once'],
    ],
  ];
  const width = Math.max(...groups.flat().map(([label]) => label.length)) + 2;
  const rowText = ([label, ...lines]: Row) =>
    lines.map((line, at) => `  ${style('cyan', (at === 0 ? label : '').padEnd(width))}${line}`).join('\n');
  const title = `  ${style('bold', banner.title)} ${style('dim', `serves after ${(banner.startMs / 1000).toFixed(1)} s`)}`;
  const body = groups.filter((rows) => rows.length > 0).map((rows) => rows.map(rowText).join('\n'));
  return `\n${[title, ...body].join('\n\n')}\n\n`;
}

/** The same facts for a log line. */
export const bannerFacts = ({ title, startMs, listeners, domains, dataDir }: Banner) => ({
  program: title,
  startMs,
  listeners,
  domains: Object.fromEntries(domains.map(({ name, facts }) => [name, facts])),
  dataDir,
});

/** Writes the banner where people read, and a log line where programs do. */
export function writeBanner(banner: Banner, logger: Logger, output: Omit<LoggerOptions, 'level'>): void {
  if (!logger.isLevelEnabled('info')) return;
  if (isPretty(output))
    process.stdout.write(bannerText(banner, { color: output.terminal && process.stdout.hasColors() }));
  else logger.info(bannerFacts(banner), `${banner.title} serves`);
}
