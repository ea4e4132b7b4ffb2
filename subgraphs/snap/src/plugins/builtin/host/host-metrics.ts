import type { MetricData, Namespace } from '../../../metrics/metric.ts';
import { dynamicElement, staticElement } from '../../../metrics/namespace.ts';
import { float, int } from '../sample.ts';
import type { CpuLoad, Filesystem, MemoryUse } from './host-probe.ts';
import type { NetworkRates } from './network-rates.ts';

/** What one measurement of each kind answers. */
export interface HostReadings {
  readonly cpu: CpuLoad;
  readonly load: readonly number[];
  readonly memory: MemoryUse;
  readonly filesystems: readonly Filesystem[];
  readonly networks: readonly NetworkRates[];
  readonly uptime: number;
}

/** A value, and of which core, mount or interface it is; null for the machine as a whole. */
export interface HostValue {
  readonly instance: string | null;
  readonly data: MetricData;
}

/** A metric of the host: its place, what it means, and how it is read off the measurement it needs. */
export interface HostMetric {
  readonly namespace: Namespace;
  /** Position of the dynamic element, -1 when there is none. */
  readonly dynamicIndex: number;
  readonly description: string;
  readonly unit: string;
  readonly needs: keyof HostReadings;
  /** Its values; none without the measurement it needs. */
  values(readings: Partial<HostReadings>): readonly HostValue[];
}

/** Dynamic elements, as `:name` stands for them in the table below. */
const dynamicElements = {
  ':core': dynamicElement('core', 'number of the processor core, counted from 0'),
  ':mount': dynamicElement('mount', 'where the filesystem is mounted'),
  ':interface': dynamicElement('interface', 'name of the network interface'),
} as const;

const BYTES = 'B';
const BYTES_PER_SECOND = 'B/s';
const PERCENT = '%';

const isPlaceholder = (value: string): value is keyof typeof dynamicElements => Object.hasOwn(dynamicElements, value);

function metric<Kind extends keyof HostReadings>(
  path: string,
  unit: string,
  description: string,
  needs: Kind,
  read: (reading: HostReadings[Kind]) => readonly HostValue[],
): HostMetric {
  const elements = ['pentagraph', 'host', ...path.split('/')];
  return {
    namespace: elements.map((value) => (isPlaceholder(value) ? dynamicElements[value] : staticElement(value))),
    dynamicIndex: elements.findIndex(isPlaceholder),
    description,
    unit,
    needs,
    values(readings) {
      const reading = readings[needs];
      return reading === undefined ? [] : read(reading);
    },
  };
}

const whole = (data: MetricData): readonly HostValue[] => [{ instance: null, data }];

const memory = (path: string, description: string, key: keyof MemoryUse): HostMetric =>
  metric(`memory/${path}`, BYTES, description, 'memory', (use) => whole(int(use[key])));

const load = (path: string, description: string, index: number): HostMetric =>
  metric(`load/${path}`, '', description, 'load', (averages) => whole(float(averages[index] ?? 0)));

const filesystem = (
  name: string,
  unit: string,
  description: string,
  read: (of: Filesystem) => MetricData,
): HostMetric =>
  metric(`filesystem/:mount/${name}`, unit, description, 'filesystems', (list) =>
    list.map((one) => ({ instance: one.mount, data: read(one) })),
  );

const network = (name: string, unit: string, description: string, read: (of: NetworkRates) => MetricData): HostMetric =>
  metric(`network/:interface/${name}`, unit, description, 'networks', (list) =>
    list.map((one) => ({ instance: one.name, data: read(one) })),
  );

/** A rate is unknown until there was a measurement before. */
const rate = (value: number | null): MetricData => (value === null ? { kind: 'null' } : float(value));

/** All that the host collector measures. */
export const hostMetrics: readonly HostMetric[] = [
  metric('cpu/load', PERCENT, 'how busy all cores together were since the last collection', 'cpu', ({ total }) =>
    whole(float(total)),
  ),
  metric('cpu/:core/load', PERCENT, 'how busy the core was since the last collection', 'cpu', ({ cores }) =>
    cores.map((value, core) => ({ instance: String(core), data: float(value) })),
  ),
  load('1m', 'processes that want to run, average of one minute', 0),
  load('5m', 'processes that want to run, average of five minutes', 1),
  load('15m', 'processes that want to run, average of fifteen minutes', 2),
  memory('total', 'memory of the machine', 'total'),
  memory('used', 'memory in use by programs, without caches', 'used'),
  memory('free', 'memory in use by nothing, not even caches', 'free'),
  memory('available', 'memory that programs could still get', 'available'),
  memory('swap/total', 'swap space of the machine', 'swapTotal'),
  memory('swap/used', 'swap space in use', 'swapUsed'),
  memory('swap/free', 'swap space not in use', 'swapFree'),
  filesystem('size', BYTES, 'size of the filesystem', ({ size }) => int(size)),
  filesystem('used', BYTES, 'space in use', ({ used }) => int(used)),
  filesystem('use_percent', PERCENT, 'share of the space in use', ({ usePercent }) => float(usePercent)),
  network('rx_bytes', BYTES, 'received since the interface came up', ({ receivedBytes }) => int(receivedBytes)),
  network('tx_bytes', BYTES, 'sent since the interface came up', ({ sentBytes }) => int(sentBytes)),
  network('rx_rate', BYTES_PER_SECOND, 'received per second since the last collection', (of) => rate(of.receiveRate)),
  network('tx_rate', BYTES_PER_SECOND, 'sent per second since the last collection', (of) => rate(of.sendRate)),
  metric('uptime', 's', 'time since the machine was started', 'uptime', (seconds) => whole(float(seconds))),
];
