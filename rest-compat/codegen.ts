import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../subgraphs/snap/src/schema.graphql',
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
