/** What a group of records needs before it begins. */
export interface World {
  /** Built-in plugins that stand in for those the recorder had loaded; in the order in which it loaded them. */
  readonly plugins: readonly string[];
}

const mock1 = 'collector/mock/1';
const mock2 = 'collector/mock/2';
const passthru = 'processor/passthru/1';
const mockFile = 'publisher/mock-file/3';

export const worlds: Readonly<Record<string, World>> = {
  empty: { plugins: [] },
  plugins: { plugins: [mock1, mock2, passthru, mockFile] },
  metrics: { plugins: [mock1, mock2, passthru, mockFile] },
  config: { plugins: [mock1, mock2, passthru, mockFile] },
  'task-errors': { plugins: [mock1, mock2, passthru, mockFile] },
  'task-life': { plugins: [mock1, passthru, mockFile] },
  watch: { plugins: [mock1, passthru, mockFile] },
  'task-misc': { plugins: [mock1, passthru, mockFile] },
  unload: { plugins: [mock1, mock2, passthru] },
};

/**
 * How long the recorder waited before a record, in milliseconds, as its dates and counters tell. For a watch: how long it
 * went on watching after the last thing it did meanwhile.
 */
export const pauses: Readonly<Record<string, number>> = {
  'task-life 10': 500,
  'task-life 11': 2000,
  'task-life 16': 2000,
  'task-life 20': 1000,
  'watch 2': 2500,
  'watch 3': 2000,
  'watch 5': 2500,
  'watch 7': 500,
  'watch 8': 2500,
  'watch 12': 500,
  'watch 13': 3000,
  'watch 18': 3000,
  'watch 21': 500,
  'watch 22': 2500,
  'watch 32': 2500,
  'task-misc 3': 1500,
  'task-misc 6': 1500,
  'task-misc 30': 1000,
};

/** Loading a file, in the records, is loading its built-in twin here. */
export const twins: Readonly<Record<string, string>> = {
  'snap-plugin-collector-mock1': mock1,
  'snap-plugin-collector-mock2': mock2,
  'snap-plugin-processor-passthru': passthru,
  'snap-plugin-publisher-mock-file': mockFile,
};

/** Plugins of the recorder that have no twin; what only they brought is taken out of recorded lists. */
export const absentPlugins: ReadonlySet<string> = new Set([
  'mock-grpc',
  'anothermock',
  'test-rand-streamer',
  'passthru-grpc',
  'mock-file-grpc',
]);

/** The namespaces of the mock plugins; others in recorded lists come from absent plugins. */
export const twinNamespaces: ReadonlySet<string> = new Set([
  '/intel/mock/foo',
  '/intel/mock/bar',
  '/intel/mock/*/baz',
  '/intel/mock/all/baz',
  '/intel/mock/host0/baz',
]);
