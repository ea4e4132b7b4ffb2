import { rootPolicy } from '../../config/policy-rules.ts';
import { type BuiltinDependencies, type BuiltinPlugin, defaultMeta, noMetrics } from './builtin-plugin.ts';

/** Answers what it gets; with `debug` it says so in the log (dossier 4.14). */
export const passthruProcessor = ({ logger }: BuiltinDependencies): BuiltinPlugin => ({
  meta: { ...defaultMeta, type: 'processor', name: 'passthru', version: 1 },
  policy: rootPolicy({ name: 'debug', type: 'bool', required: false }),
  metrics: noMetrics,
  start: () => ({
    async process(samples, config) {
      if (config.debug === true) logger.debug({ plugin: 'passthru', metrics: samples.length }, 'passed through');
      return samples;
    },
  }),
});
