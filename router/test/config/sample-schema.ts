import { listOf, setting, text } from '@pentagraph/kit/settings';
import { schemaOf } from '../../src/config/schema.ts';

/** The router's own keys and one domain's. */
export const sampleSchema = schemaOf([
  {
    name: 'snap',
    settings: {
      builtinPlugins: setting(listOf(text), {
        default: ['mock', 'host'],
        description: 'Built-in plugins that are loaded at the first start.',
        example: 'mock,host',
      }),
    },
  },
]);
