import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ConfigSources, loadConfig } from '../../src/config/load-config.ts';
import { ConfigError, type Problem } from '../../src/config/problem.ts';
import { sampleSchema } from './sample-schema.ts';

const directory = mkdtempSync(join(tmpdir(), 'pentagraph-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

const file = (yaml: string): string => {
  const path = join(directory, 'test.yaml');
  writeFileSync(path, yaml);
  return path;
};

const load = (from: Partial<ConfigSources>) =>
  loadConfig(sampleSchema, { flags: [], environment: {}, ...from }, ['snap']);

function problemsOf(from: Partial<ConfigSources>): readonly Problem[] {
  try {
    load(from);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

describe('a value comes from', () => {
  const flags = [{ name: 'port', value: '1001' }];
  const environment = { PENTAGRAPH_PORT: '1002' };
  const yaml = 'port: 1003';

  it.each([
    { name: 'the flag before all', from: () => ({ flags, environment, file: file(yaml) }), port: 1001, kind: 'flag' },
    {
      name: 'the environment before the file',
      from: () => ({ environment, file: file(yaml) }),
      port: 1002,
      kind: 'environment',
    },
    { name: 'the file before the default', from: () => ({ file: file(yaml) }), port: 1003, kind: 'file' },
    { name: 'the default', from: () => ({}), port: 4000, kind: 'default' },
    {
      name: 'the last of two flags',
      from: () => ({ flags: [...flags, { name: 'port', value: '7' }] }),
      port: 7,
      kind: 'flag',
    },
    {
      name: 'elsewhere when the variable is empty',
      from: () => ({ environment: { PENTAGRAPH_PORT: '' } }),
      port: 4000,
      kind: 'default',
    },
    {
      name: 'elsewhere when the file leaves it open',
      from: () => ({ file: file('port:\nlisten:\n') }),
      port: 4000,
      kind: 'default',
    },
    {
      name: 'the file that PENTAGRAPH_CONFIG names',
      from: () => ({ environment: { PENTAGRAPH_CONFIG: file(yaml) } }),
      port: 1003,
      kind: 'file',
    },
    {
      name: 'the file of --config before that of PENTAGRAPH_CONFIG',
      from: () => ({ file: file(yaml), environment: { PENTAGRAPH_CONFIG: '/nowhere.yaml' } }),
      port: 1003,
      kind: 'file',
    },
  ])('$name', ({ from, port, kind }) => {
    const { config, sources } = load(from());
    expect(config.port).toBe(port);
    expect(sources.get('port')?.kind).toBe(kind);
  });
});

it('reads every spelling of a nested key', () => {
  const address = { host: '127.0.0.1', port: 8181 };
  const given = [
    { flags: [{ name: 'listen.snap', value: '127.0.0.1:8181' }] },
    { environment: { PENTAGRAPH_LISTEN_SNAP: '127.0.0.1:8181' } },
    { file: file('listen: { snap: 127.0.0.1:8181 }') },
    { file: file('listen.snap: 127.0.0.1:8181') },
  ];
  for (const from of given) expect(load(from).config.listen.snap).toEqual(address);
});

it('gives each domain its section', () => {
  expect(load({}).config.domains).toEqual({ snap: { builtinPlugins: ['mock', 'host'] } });
  expect(load({ environment: { PENTAGRAPH_SNAP_BUILTIN_PLUGINS: 'none' } }).config.domains.snap).toEqual({
    builtinPlugins: [],
  });
  expect(load({ file: file('snap:\n  builtinPlugins: [host]') }).config.domains.snap).toEqual({
    builtinPlugins: ['host'],
  });
});

it('takes a switch with and without a value, and camel case for kebab case', () => {
  expect(load({ flags: [{ name: 'insecure' }] }).config.insecure).toBe(true);
  expect(load({ flags: [{ name: 'insecure', value: 'false' }] }).config.insecure).toBe(false);
  expect(load({ flags: [{ name: 'dataDir', value: '/a' }] }).config.dataDir).toBe('/a');
  expect(load({ flags: [{ name: 'data-dir', value: '/a' }] }).config.dataDir).toBe('/a');
});

it('does not read variables of the tests', () => {
  expect(load({ environment: { PENTAGRAPH_TEST_POSTGRES_URL: 'x', PATH: '/bin' } }).config.port).toBe(4000);
});

describe('refuses', () => {
  const flag = (name: string, value?: string) => ({ flags: [{ name, value }] });

  it.each<{ name: string; from: () => Partial<ConfigSources>; problem: Partial<Problem> }>([
    {
      name: 'a value that is not allowed, from a flag',
      from: () => flag('port', 'eighty'),
      problem: {
        subject: 'port',
        message: "'eighty' is not allowed.",
        allowed: 'a whole number from 0 to 65535',
        source: { kind: 'flag', flag: '--port' },
      },
    },
    {
      name: 'a value that is not allowed, from the environment',
      from: () => ({ environment: { PENTAGRAPH_LIMITS_BODY_BYTES: '1' } }),
      problem: {
        subject: 'limits.bodyBytes',
        message: "'1' is not allowed.",
        source: { kind: 'environment', variable: 'PENTAGRAPH_LIMITS_BODY_BYTES' },
      },
    },
    {
      name: 'a value that is not allowed, from a line of the file',
      from: () => ({ file: file('# first\nlimits:\n  depth: [1]\n') }),
      problem: {
        subject: 'limits.depth',
        message: '[1] is not allowed.',
        source: { kind: 'file', file: join(directory, 'test.yaml'), line: 3 },
      },
    },
    {
      name: 'an address that is none',
      from: () => flag('listen.snap', '8181'),
      problem: { subject: 'listen.snap', allowed: 'host:port (IPv6 as [::1]:8181), or unix:/path' },
    },
    {
      name: 'a database that is not PostgreSQL',
      from: () => flag('database-url', 'mysql://root:hidden@db/x'),
      problem: { subject: 'databaseUrl', message: "'mysql://root:***@db/x' is not allowed." },
    },
    {
      name: 'a flag without its value',
      from: () => flag('port'),
      problem: { subject: 'port', message: 'the flag needs a value.' },
    },
    {
      name: 'an unknown flag',
      from: () => flag('prot', '1'),
      problem: { subject: '--prot', message: 'no such key.', hint: 'Did you mean --port?' },
    },
    {
      name: 'an unknown variable',
      from: () => ({ environment: { PENTAGRAPH_DATADIR: '/a' } }),
      problem: { subject: 'PENTAGRAPH_DATADIR', message: 'no such key.', hint: 'Did you mean PENTAGRAPH_DATA_DIR?' },
    },
    {
      name: 'an unknown key in the file',
      from: () => ({ file: file('limits:\n  dept: 4') }),
      problem: {
        subject: 'limits.dept',
        message: 'no such key.',
        hint: 'Did you mean limits.depth?',
        source: { kind: 'file', file: join(directory, 'test.yaml'), line: 2 },
      },
    },
    {
      name: 'a name that is near to nothing',
      from: () => flag('completely-different', '1'),
      problem: { subject: '--completely-different', hint: 'docs/configuration.md lists every key.' },
    },
    {
      name: 'a section that is no mapping',
      from: () => ({ file: file('listen: 8181') }),
      problem: { subject: 'listen', message: 'not a mapping of keys to values.' },
    },
    {
      name: 'a file that is no mapping',
      from: () => ({ file: file('- port') }),
      problem: { subject: join(directory, 'test.yaml'), message: 'not a mapping of keys to values.' },
    },
    {
      name: 'a file that is no YAML',
      from: () => ({ file: file('port: 1\nhost: [') }),
      problem: { subject: join(directory, 'test.yaml'), message: expect.stringContaining('not valid YAML: ') },
    },
    {
      name: 'a file that says a thing twice',
      from: () => ({ file: file('port: 1\nport: 2') }),
      problem: {
        message: 'not valid YAML: Map keys must be unique',
        source: { kind: 'file', file: join(directory, 'test.yaml'), line: 2 },
      },
    },
    {
      name: 'a named file that does not exist',
      from: () => ({ file: join(directory, 'none.yaml') }),
      problem: {
        subject: join(directory, 'none.yaml'),
        message: expect.stringContaining("the configuration file can't be read: ENOENT"),
      },
    },
    {
      name: 'to listen beyond loopback without credentials',
      from: () => flag('host', '0.0.0.0'),
      problem: {
        subject: 'host',
        message: "'0.0.0.0' can be reached from other machines, and nobody has to prove who they are there.",
        allowed: '127.0.0.1, ::1, localhost; anything when insecure is true',
        source: { kind: 'flag', flag: '--host' },
      },
    },
    {
      name: 'a native address beyond loopback without credentials',
      from: () => flag('listen.snap', '[::]:8181'),
      problem: { subject: 'listen.snap', message: expect.stringContaining("'::' can be reached from other machines") },
    },
    {
      name: 'an API that is not built yet',
      from: () => flag('listen.drydock', '127.0.0.1:9000'),
      problem: {
        subject: 'listen.drydock',
        message: 'the drydock API is not built yet.',
        allowed: 'an address for: snap',
      },
    },
    {
      name: 'one address for two listeners',
      from: () => flag('listen.snap', '127.0.0.1:4000'),
      problem: { subject: 'listen.snap', message: '127.0.0.1:4000 is the address of host and port already.' },
    },
  ])('$name', ({ from, problem }) => {
    expect(problemsOf(from())).toEqual([expect.objectContaining(problem)]);
  });

  it('names all problems of all sources at once, also of values that another source overrules', () => {
    const from = {
      flags: [{ name: 'prot', value: '1' }],
      environment: { PENTAGRAPH_PORT: 'x', PENTAGRAPH_LOG_LEVEL: 'debug' },
      file: file('host: 0.0.0.0\nlogLevel: loud\n'),
    };
    expect(problemsOf(from).map(({ subject }) => subject)).toEqual(['--prot', 'logLevel', 'port', 'host']);
  });
});

it('listens anywhere when told that this is insecure', () => {
  expect(load({ flags: [{ name: 'host', value: '0.0.0.0' }, { name: 'insecure' }] }).config.host).toBe('0.0.0.0');
  expect(load({ flags: [{ name: 'listen.snap', value: 'unix:/run/snap.sock' }] }).config.listen.snap).toEqual({
    path: '/run/snap.sock',
  });
});

it('prints problems with their source and what is allowed', () => {
  const error = new ConfigError(
    problemsOf({ flags: [{ name: 'prot', value: '1' }], environment: { PENTAGRAPH_PORT: 'eighty' } }),
  );
  expect(error.message).toBe(`The configuration is wrong in 2 places:

  --prot: no such key.
    from     flag --prot
    hint     Did you mean --port?

  port: 'eighty' is not allowed.
    from     environment variable PENTAGRAPH_PORT
    allowed  a whole number from 0 to 65535`);
});
