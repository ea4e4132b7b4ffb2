export { type Clock, sleep, systemClock, type Timer } from './clock.ts';
export { type Connection, connectionOf, type PageArguments, type PageInfo } from './connection.ts';
export type { Context, Logger } from './context.ts';
export { DomainError, defineErrors, type ErrorDetails } from './domain-error.ts';
export { type EventBus, MemoryEventBus, type Overflow, SlowConsumerError, type SubscribeOptions } from './event-bus.ts';
export { messageOf } from './message-of.ts';
export { scalars } from './scalars.ts';
export { SerialQueue } from './serial-queue.ts';
export {
  defaultsOf,
  flag,
  integer,
  listOf,
  oneOf,
  optionalSetting,
  type Setting,
  type SettingKind,
  type SettingsOf,
  type SettingTable,
  setting,
  text,
} from './settings.ts';
export type { Gauge, ResolverMap, Subgraph, SubgraphHealth } from './subgraph.ts';
export {
  defineTransitions,
  type Refusal,
  refusal,
  type StateMachine,
  type Transition,
  type TransitionTable,
} from './transitions.ts';
export { type AccessLevel, accessLevels, anonymous, localOperator, requireAccess, type Viewer } from './viewer.ts';
