import type { Context } from '@pentagraph/kit';
import type { PluginConfigService } from '../config/plugin-config-service.ts';
import type { MetricService } from '../metrics/metric-service.ts';
import type { PluginService } from '../plugins/plugin-service.ts';
import type { TaskService } from '../tasks/task-service.ts';

/** The rooms of the snap domain, as its resolvers see them. */
export interface SnapServices {
  readonly plugins: PluginService;
  readonly catalog: MetricService;
  readonly config: PluginConfigService;
  readonly tasks: TaskService;
}

/** The caller's context, and the services that answer it. */
export type SnapContext = Context & { readonly snap: SnapServices };
