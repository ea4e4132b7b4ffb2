import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'src/schema.graphql',
  generates: {
    'src/generated/resolver-types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        immutableTypes: true,
        useTypeImports: true,
        contextType: '../resolvers/snap-context.ts#SnapContext',
        enumsAsTypes: true,
        avoidOptionals: { field: true },
        scalars: {
          DateTime: { input: 'Date', output: 'Date | string' },
          JSON: 'unknown',
          JSONObject: 'Record<string, unknown>',
          SafeInt: 'number',
          ID: 'string',
        },
        mappers: {
          SnapPlugin: '../plugins/plugin.ts#LoadedPlugin',
          SnapMetric: '../metrics/metric-catalog.ts#CatalogMetric',
          SnapTask: '../tasks/task.ts#Task',
        },
        importExtension: '',
        emitLegacyCommonJSImports: false,
      },
    },
  },
};

export default config;
