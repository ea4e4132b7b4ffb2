import { rootPolicy } from '../../../config/policy-rules.ts';
import { type BuiltinDependencies, type BuiltinPlugin, noMetrics, singleInstance } from '../builtin-plugin.ts';
import { sampleLine } from './sample-line.ts';

/** Writes a line per metric to the log of the process, behind `prefix` if it is given. */
export const consolePublisher = ({ logger }: BuiltinDependencies): BuiltinPlugin => ({
  meta: { ...singleInstance, type: 'publisher', name: 'console', version: 1 },
  policy: rootPolicy({ name: 'prefix', type: 'string', required: false }),
  metrics: noMetrics,
  start: () => ({
    async publish(samples, { prefix }) {
      const head = prefix === undefined ? '' : `${prefix} `;
      for (const sample of samples) logger.info({ plugin: 'console' }, head + sampleLine(sample));
    },
  }),
});
