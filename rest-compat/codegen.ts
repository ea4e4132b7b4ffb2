import type { CodegenConfig } from '@graphql-codegen/cli';
import { composeDomains } from '@pentagraph/router';
import { printSchema } from 'graphql';

/** The documents are held to what clients of the composed graph see. */
const { apiSchema } = await composeDomains();

const config: CodegenConfig = {
  schema: printSchema(apiSchema),
  documents: 'src/snap/operations/*.graphql',
  generates: {
    'src/generated/snap-operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        skipTypename: true,
        scalars: {
          DateTime: 'string',
          JSON: 'unknown',
          JSONObject: { input: 'Record<string, unknown>', output: 'Record<string, unknown>' },
          SafeInt: 'number',
          ID: 'string',
        },
      },
    },
  },
};

export default config;
