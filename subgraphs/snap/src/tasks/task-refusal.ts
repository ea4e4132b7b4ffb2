import type { DomainError } from '@pentagraph/kit';
import { snapError } from '../snap-errors.ts';

type TaskErrorCode = Extract<Parameters<typeof snapError>[0], `SNAP_TASK_${string}`>;

/**
 * Refuses a request for a task, for one reason or several: `details.messages` lists them, since the REST API numbers
 * them in some answers and joins them in others (dossier 2.1).
 */
export const taskRefusal = (code: TaskErrorCode, messages: readonly string[], cause?: unknown): DomainError =>
  snapError(code, messages.join(' -- '), { messages }, cause);
