import { loadavg } from 'node:os';
import si from 'systeminformation';

/** Percent of time the processors were busy since the measurement before. */
export interface CpuLoad {
  readonly total: number;
  readonly cores: readonly number[];
}

/** Bytes. */
export interface MemoryUse {
  readonly total: number;
  /** In use by programs, without caches. */
  readonly used: number;
  readonly free: number;
  /** What programs could still get. */
  readonly available: number;
  readonly swapTotal: number;
  readonly swapUsed: number;
  readonly swapFree: number;
}

export interface Filesystem {
  readonly mount: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes. */
  readonly used: number;
  readonly usePercent: number;
}

/** Counted since the interface came up. */
export interface NetworkCounters {
  readonly name: string;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** What can be measured of a machine; each member costs only when it is called. */
export interface HostProbe {
  cpu(): Promise<CpuLoad>;
  /** Processes that want to run, over 1, 5 and 15 minutes. */
  load(): Promise<readonly number[]>;
  memory(): Promise<MemoryUse>;
  filesystems(): Promise<readonly Filesystem[]>;
  networks(): Promise<readonly NetworkCounters[]>;
  /** Seconds. */
  uptime(): Promise<number>;
}

/** Measures this machine. */
export const systemProbe: HostProbe = {
  async cpu() {
    const { currentLoad, cpus } = await si.currentLoad();
    return { total: currentLoad, cores: cpus.map(({ load }) => load) };
  },
  async load() {
    return loadavg();
  },
  async memory() {
    const memory = await si.mem();
    return {
      total: memory.total,
      used: memory.active,
      free: memory.free,
      available: memory.available,
      swapTotal: memory.swaptotal,
      swapUsed: memory.swapused,
      swapFree: memory.swapfree,
    };
  },
  async filesystems() {
    const filesystems = await si.fsSize();
    return filesystems.map(({ mount, size, used, use }) => ({ mount, size, used, usePercent: use }));
  },
  async networks() {
    const interfaces = await si.networkStats('*');
    return interfaces.map(({ iface, rx_bytes, tx_bytes }) => ({
      name: iface,
      receivedBytes: rx_bytes,
      sentBytes: tx_bytes,
    }));
  },
  async uptime() {
    return si.time().uptime;
  },
};
