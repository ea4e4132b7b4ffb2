/** A refused event: why, and with which error code of the domain. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** What an event does in a state: the next state, or a refusal. An event that is not listed can't happen there. */
export type TransitionTable<State extends string, Event extends string, Final extends string = never> = {
  readonly [S in State]: { readonly [E in Event]?: State | Final | Refusal };
};

/** A row that refuses. */
export const refusal = (code: string, message: string): Refusal => ({ code, message });

/** The answer of {@link StateMachine.apply}. */
export type Transition<State extends string, Final extends string> =
  | { readonly next: State | Final; readonly refused?: undefined }
  | { readonly next?: undefined; readonly refused: Refusal };

/** A state machine that is a table: services ask it, tests walk it, docs print it. */
export interface StateMachine<State extends string, Event extends string, Final extends string> {
  readonly table: TransitionTable<State, Event, Final>;
  /** @throws Error when the table has no row for the event: a defect of the caller, not of the request. */
  apply(state: State, event: Event): Transition<State, Final>;
}

/** Makes a {@link StateMachine} of its table: `defineTransitions<TaskState, TaskEvent, 'Removed'>()({ ... })`. */
export function defineTransitions<State extends string, Event extends string, Final extends string = never>() {
  return (table: TransitionTable<State, Event, Final>): StateMachine<State, Event, Final> => ({
    table,
    apply(state, event) {
      const row: State | Final | Refusal | undefined = table[state]?.[event];
      if (row === undefined) throw new Error(`No transition for '${event}' in state '${state}'.`);
      return typeof row === 'string' ? { next: row } : { refused: row };
    },
  });
}
