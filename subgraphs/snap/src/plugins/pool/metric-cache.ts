import { configValuesToJson } from '../../config/config-values.ts';
import type { MetricSample } from '../../metrics/metric.ts';
import { namespaceText, valuesOf } from '../../metrics/namespace.ts';
import type { MetricRequest } from '../runtime/plugin-runtime.ts';

/** What was collected for one request. */
export interface Collected {
  readonly request: MetricRequest;
  readonly samples: readonly MetricSample[];
}

interface Entry {
  readonly samples: readonly MetricSample[];
  readonly expiresAtMs: number;
}

/** Above this the expired entries are thrown out, and the oldest if none is expired. */
const MAX_ENTRIES = 4096;

/**
 * Collected values that may be served again for a while, with their old timestamps (dossier 4.6). Unlike the original's,
 * entries know the configuration they were collected with, and an instance of a dynamic metric is an entry of its own:
 * no task sees what another's configuration or instance list made.
 */
export class MetricCache {
  readonly #entries = new Map<string, Entry>();
  readonly #ttlMs: number;

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  get(group: string, request: MetricRequest, nowMs: number): readonly MetricSample[] | undefined {
    const entry = this.#entries.get(group + requestKey(request));
    return entry && entry.expiresAtMs > nowMs ? entry.samples : undefined;
  }

  put(group: string, { request, samples }: Collected, nowMs: number): void {
    const key = group + requestKey(request);
    this.#entries.delete(key);
    if (this.#entries.size >= MAX_ENTRIES) this.#makeRoom(nowMs);
    this.#entries.set(key, { samples, expiresAtMs: nowMs + this.#ttlMs });
  }

  #makeRoom(nowMs: number): void {
    for (const [key, { expiresAtMs }] of this.#entries) if (expiresAtMs <= nowMs) this.#entries.delete(key);
    for (const key of this.#entries.keys()) {
      if (this.#entries.size < MAX_ENTRIES) return;
      this.#entries.delete(key);
    }
  }
}

/** Requests live as long as a task's resolution and are asked for at every firing. */
const requestKeys = new WeakMap<MetricRequest, string>();

function requestKey(request: MetricRequest): string {
  const known = requestKeys.get(request);
  if (known !== undefined) return known;
  const { namespace, version, config } = request;
  const key = `${namespaceText(valuesOf(namespace))}:${version}:${configValuesToJson(config)}`;
  requestKeys.set(request, key);
  return key;
}

/** Sorts a plugin's answer by the requests it answers. What answers none of them stays with the first. */
export function samplesByRequest(
  requests: readonly MetricRequest[],
  samples: readonly MetricSample[],
): readonly Collected[] {
  const answers = requests.map((request) => ({ request, samples: [] as MetricSample[] }));
  let current = 0;
  for (const sample of samples) {
    if (!answersRequest(sample, requests[current])) {
      const next = requests.findIndex((request) => answersRequest(sample, request));
      current = Math.max(0, next);
    }
    answers[current]?.samples.push(sample);
  }
  return answers;
}

const answersRequest = (sample: MetricSample, request: MetricRequest | undefined): boolean =>
  request !== undefined &&
  (request.namespace === sample.namespace ||
    (request.namespace.length === sample.namespace.length &&
      request.namespace.every(({ value }, index) => value === '*' || value === sample.namespace[index]?.value)));
