import { ManualClock } from '@pentagraph/kit/testing';
import { describe, expect, it } from 'vitest';
import { namespaceText, valuesOf } from '../../../src/metrics/namespace.ts';
import { hostCollector } from '../../../src/plugins/builtin/host/host-collector.ts';
import { type HostProbe, systemProbe } from '../../../src/plugins/builtin/host/host-probe.ts';
import { dependencies, running } from './collect.ts';

/** A machine with two cores, two mounts and one interface, which notes what is measured. */
function fakeProbe() {
  const measured: string[] = [];
  let received = 1000;
  const note = async <Reading>(name: string, reading: Reading): Promise<Reading> => {
    measured.push(name);
    return reading;
  };
  const probe: HostProbe = {
    cpu: () => note('cpu', { total: 25, cores: [20, 30] }),
    load: () => note('load', [0.5, 0.25, 0.125]),
    memory: () => note('memory', { total: 8, used: 4, free: 2, available: 3, swapTotal: 6, swapUsed: 1, swapFree: 5 }),
    filesystems: () =>
      note('filesystems', [
        { mount: '/', size: 100, used: 40, usePercent: 40 },
        { mount: '/home', size: 200, used: 20, usePercent: 10 },
      ]),
    networks: () => {
      received += 500;
      return note('networks', [{ name: 'eth0', receivedBytes: received, sentBytes: 7 }]);
    },
    uptime: () => note('uptime', 12.5),
  };
  return { probe, measured, reset: () => (received = 0) };
}

async function collecting() {
  const clock = new ManualClock();
  const { probe, measured, reset } = fakeProbe();
  const { collect, catalog } = await running(hostCollector(dependencies({ clock }), probe));
  const values = async (...namespaces: readonly string[]) =>
    Object.fromEntries(
      (await collect(namespaces)).map(({ namespace, data }) => [
        namespaceText(valuesOf(namespace)),
        data.kind === 'null' ? null : data.value,
      ]),
    );
  return { clock, measured, values, catalog, reset };
}

describe('host', () => {
  it('measures only what is asked for, each thing once', async () => {
    const { measured, values } = await collecting();
    expect(
      await values('/pentagraph/host/cpu/load', '/pentagraph/host/cpu/*/load', '/pentagraph/host/load/1m'),
    ).toEqual({
      '/pentagraph/host/cpu/load': 25,
      '/pentagraph/host/cpu/0/load': 20,
      '/pentagraph/host/cpu/1/load': 30,
      '/pentagraph/host/load/1m': 0.5,
    });
    expect(measured).toEqual(['cpu', 'load']);
  });

  it('names filesystems by their mounts, slashes and all', async () => {
    const { values } = await collecting();
    expect(await values('/pentagraph/host/filesystem/*/use_percent')).toEqual({
      '|pentagraph|host|filesystem|/|use_percent': 40,
      '|pentagraph|host|filesystem|/home|use_percent': 10,
    });
    expect(await values('|pentagraph|host|filesystem|/home|size')).toEqual({
      '|pentagraph|host|filesystem|/home|size': 200n,
    });
  });

  it('tells rates from the second collection on, also over a counter that began anew', async () => {
    const { clock, reset, values } = await collecting();
    const rate = async () =>
      (await values('/pentagraph/host/network/eth0/rx_rate'))['/pentagraph/host/network/eth0/rx_rate'];
    expect(await rate()).toBeNull();
    await clock.advance(2000);
    expect(await rate()).toBe(250);
    await clock.advance(1000);
    reset();
    expect(await rate()).toBe(500);
  });

  it('refuses an instance that does not exist', async () => {
    const { values } = await collecting();
    await expect(values('/pentagraph/host/network/eth9/rx_bytes')).rejects.toThrow(
      'CollectMetrics call error : there is no interface `eth9` (there are: eth0)',
    );
  });

  it('describes every metric and its unit', async () => {
    const { catalog } = await collecting();
    expect(catalog.list()).toHaveLength(20);
    expect(catalog.list().every(({ description }) => description !== '')).toBe(true);
    expect(catalog.find('/pentagraph/host/memory/used').unit).toBe('B');
  });

  it('measures the machine it runs on', async () => {
    const { collect } = await running(hostCollector(dependencies(), systemProbe));
    const samples = await collect(['/pentagraph/host/memory/*', '/pentagraph/host/uptime', '/pentagraph/host/load/*']);
    const values = samples.map(({ data }) => (data.kind === 'null' ? -1 : Number(data.value)));
    expect(values).toHaveLength(11);
    expect(values.every((value) => value >= 0)).toBe(true);
  });
});
