import type { PlanExecutor } from './plan-executor.ts';

/**
 * An executor that is loaded with the first plan that needs one. The gateway's interpreter and what it brings along take a third
 * of a second and 30 MB; operations that one local subgraph can answer never need it. A load that fails is tried again.
 */
export function lazyExecutor(load: () => Promise<PlanExecutor>): PlanExecutor {
  let loading: Promise<PlanExecutor> | undefined;
  const executor = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    execute: async (...request) => (await executor()).execute(...request),
    complete: async (...event) => (await executor()).complete(...event),
  };
}
