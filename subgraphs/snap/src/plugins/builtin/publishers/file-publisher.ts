import { rootPolicy } from '../../../config/policy-rules.ts';
import { type BuiltinPlugin, defaultMeta, noMetrics, singleInstance } from '../builtin-plugin.ts';
import type { FileAppender } from './file-appender.ts';
import { sampleLine } from './sample-line.ts';

const policy = rootPolicy({ name: 'file', type: 'string', required: true });

const behaviour = (appender: FileAppender): ReturnType<BuiltinPlugin['start']> => ({
  publish: (samples, { file }) =>
    appender.append(String(file), samples.map((sample) => `${sampleLine(sample)}\n`).join('')),
});

/** Appends a line per metric to `file`. */
export const filePublisher = (appender: FileAppender): BuiltinPlugin => ({
  meta: { ...singleInstance, type: 'publisher', name: 'file', version: 1 },
  policy,
  metrics: noMetrics,
  start: () => behaviour(appender),
});

/** The same under the name and version that the seed's examples use (dossier 4.14). */
export const mockFilePublisher = (appender: FileAppender): BuiltinPlugin => ({
  meta: { ...defaultMeta, type: 'publisher', name: 'mock-file', version: 3 },
  policy,
  metrics: noMetrics,
  start: () => behaviour(appender),
});
