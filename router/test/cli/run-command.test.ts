import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { flagOf } from '../../src/config/names.ts';
import { schemaOf } from '../../src/config/schema.ts';
import { domains } from '../../src/domains.ts';
import { run } from './recorded-terminal.ts';

const commands = ['serve', 'router', 'subgraph', 'compose', 'config'];

describe('help', () => {
  it.each([['--help'], ['-h']])(
    '%s teaches the commands, the examples, the configuration and the exit codes',
    async (flag) => {
      const { exitCode, out, err } = await run([flag]);
      expect([exitCode, err]).toEqual([0, '']);
      for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
      for (const part of [
        'pentagraph serve --listen.snap 127.0.0.1:8181',
        'docs/configuration.md',
        'pentagraph.yaml',
        '130',
        '143',
      ])
        expect(out).toContain(part);
    },
  );

  it.each(commands)('of %s says what it does, with examples and the flags it heeds', async (command) => {
    const { exitCode, out } = await run([command, '--help']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: pentagraph ${command} `));
    expect(out).toMatch(/^Examples\n {2}\S.*pentagraph |^Examples\n {2}pentagraph /m);
  });

  it('of serve lists every key, that of compose none', async () => {
    const [serve, compose] = await Promise.all([run(['serve', '--help']), run(['compose', '-h'])]);
    for (const path of schemaOf(domains).keys.keys()) {
      expect(serve.out).toContain(`  ${flagOf(path)}`);
      expect(compose.out).not.toContain(`  ${flagOf(path)} `);
    }
    expect(compose.out).toContain('--url <domain=url>');
  });

  it('of router lists what a gateway heeds', async () => {
    const { out } = await run(['router', '--help']);
    for (const flag of ['--supergraph <file>', '--port', '--limits.depth']) expect(out).toContain(flag);
    for (const flag of ['--data-dir', '--listen.snap', '--snap.']) expect(out).not.toContain(flag);
  });

  it('keeps to 100 columns, long values aside', async () => {
    for (const command of commands) {
      const { out } = await run([command, '--help']);
      expect(out.split('\n').filter((line) => line.length > 100 && !line.includes('pentagraph '))).toEqual([]);
    }
  });

  it('goes to standard error, with 2, when no command is given', async () => {
    const { exitCode, out, err } = await run([]);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain('Usage: pentagraph <command>');
  });
});

it.each([['--version'], ['-V'], ['serve', '--version']])('%s prints the version', async (...argv) => {
  expect(await run(argv)).toEqual({ exitCode: 0, out: '0.1.0\n', err: '' });
});

describe('a command line that can not be understood ends with 2', () => {
  it.each([
    [['serv'], "There is no command 'serv'. Did you mean serve?"],
    [['wombat'], "There is no command 'wombat'. There are: serve, router, subgraph, compose, config."],
    [['--port', '1'], 'A command comes first, then its flags: pentagraph serve --port 1'],
    [['serve', 'now'], "'now' is one word too many for serve."],
    [['subgraph'], 'subgraph needs the name of a domain: snap.'],
    [['subgraph', 'snp'], "There is no domain 'snp'. Did you mean snap?"],
    [['subgraph', 'snap', 'hyper'], "'hyper' is one word too many for subgraph."],
    [['router'], 'router needs --supergraph <file>.'],
    [['router', '--supergraph'], '--supergraph needs a value.'],
    [['serve', '--config'], '--config needs a value.'],
    [['compose', '--port', '1'], 'compose does not heed --port.'],
    [['router', '--supergraph', 'x', '--dataDir', 'y'], 'router does not heed --data-dir.'],
    [['compose', '--url', 'snap'], "--url takes domain=url, like snap=http://127.0.0.1:4001/graphql, not 'snap'."],
    [['compose', '--url', 'snp=http://h/'], "There is no domain 'snp'. Did you mean snap?"],
  ])('%j', async (argv, message) => {
    expect(await run(argv)).toEqual({ exitCode: 2, out: '', err: `${message}\nSee: pentagraph --help\n` });
  });

  it('the same goes for its flags, for the environment and for the file', async () => {
    const { exitCode, err } = await run(['serve', '--prot', '1', '--config', '/nowhere.yaml'], {
      PENTAGRAPH_PORT: 'x',
    });
    expect(exitCode).toBe(2);
    for (const part of [
      'wrong in 3 places',
      '--prot: no such key',
      'Did you mean --port?',
      '/nowhere.yaml',
      "port: 'x' is not allowed",
    ])
      expect(err).toContain(part);
  });
});

describe('config', () => {
  it('shows what is in effect, where it comes from, and no password', async () => {
    const { exitCode, out } = await run(['config', '--port=4001'], {
      PENTAGRAPH_LIMITS_DEPTH: '9',
      PENTAGRAPH_DATABASE_URL: 'postgresql://me:secret@h/d',
    });
    expect(exitCode).toBe(0);
    expect(out).toContain('\nport: 4001 # flag --port\n');
    expect(out).toContain('\n  depth: 9 # environment variable PENTAGRAPH_LIMITS_DEPTH\n');
    expect(out).toContain('\ndatabaseUrl: postgresql://me:***@h/d # environment variable PENTAGRAPH_DATABASE_URL\n');
    expect(out).toContain('\nlisten:\n  # snap: served on');
    expect(out).toContain('host: 127.0.0.1 # default value\n');
  });

  it('--reference prints docs/configuration.md', async () => {
    const { out } = await run(['config', '--reference']);
    expect(out).toMatch(/^# Configuration\n/);
    expect(out).toMatch(/\|\n$/);
  });
});

describe('compose', () => {
  it('prints the supergraph, with the routing URLs it is told', async () => {
    const { exitCode, out } = await run(['compose', '--url', 'snap=http://10.0.0.5:4001/graphql']);
    expect(exitCode).toBe(0);
    expect(out).toContain('@join__graph(name: "snap", url: "http://10.0.0.5:4001/graphql")');
    expect(buildSchema(out, { assumeValidSDL: true }).getQueryType()?.getFields()).toHaveProperty('snapPlugins');
  });
});
