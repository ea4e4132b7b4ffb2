import type { NetworkCounters } from './host-probe.ts';

/** The counters of an interface, and how fast they grew since they were measured before; null the first time. */
export interface NetworkRates extends NetworkCounters {
  /** Bytes per second. */
  readonly receiveRate: number | null;
  /** Bytes per second. */
  readonly sendRate: number | null;
}

interface Measurement {
  readonly counters: NetworkCounters;
  readonly atMs: number;
}

/** Remembers one measurement per interface to tell rates from the next. */
export class NetworkRateMeter {
  #before: ReadonlyMap<string, Measurement> = new Map();

  measure(interfaces: readonly NetworkCounters[], nowMs: number): readonly NetworkRates[] {
    const before = this.#before;
    this.#before = new Map(interfaces.map((counters) => [counters.name, { counters, atMs: nowMs }]));
    return interfaces.map((counters) => ({ ...counters, ...ratesSince(before.get(counters.name), counters, nowMs) }));
  }
}

function ratesSince(before: Measurement | undefined, now: NetworkCounters, nowMs: number) {
  const seconds = before ? (nowMs - before.atMs) / 1000 : 0;
  if (!before || seconds <= 0) return { receiveRate: null, sendRate: null };
  return {
    receiveRate: growth(before.counters.receivedBytes, now.receivedBytes) / seconds,
    sendRate: growth(before.counters.sentBytes, now.sentBytes) / seconds,
  };
}

/** A counter that shrank began anew: it counted up from 0. */
const growth = (before: number, now: number): number => (now < before ? now : now - before);
