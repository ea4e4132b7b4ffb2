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
          SnapSchedule: '../tasks/schedule.ts#ScheduleDefinition',
          SnapWorkflow: '../tasks/task.ts#Workflow',
          SnapProcessNode: '../tasks/task.ts#ProcessNode',
          SnapPublishNode: '../tasks/task.ts#PublishNode',
          SnapTaskEvent: '../tasks/watch-event.ts#WatchEvent',
          SnapMetricsCollected: '../tasks/watch-event.ts#MetricsEvent',
          SnapTaskStarted: '../tasks/watch-event.ts#StateEvent',
          SnapTaskStopped: '../tasks/watch-event.ts#StateEvent',
          SnapTaskEnded: '../tasks/watch-event.ts#StateEvent',
          SnapTaskDisabled: '../tasks/watch-event.ts#StateEvent',
          SnapMetricValue: '../metrics/metric.ts#MetricSample',
        },
        importExtension: '',
        emitLegacyCommonJSImports: false,
      },
    },
  },
};

export default config;
