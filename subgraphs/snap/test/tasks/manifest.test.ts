import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseManifest, readManifest, workflowFromJson } from '../../src/tasks/manifest.ts';
import { scheduleFromJson, scheduleToJson } from '../../src/tasks/schedule-manifest.ts';

const NOW = Date.parse('2026-11-22T06:35:40Z');

const read = (manifest: unknown) =>
  readManifest(parseManifest(typeof manifest === 'string' ? manifest : JSON.stringify(manifest)), NOW);

const schedule = { type: 'simple', interval: '1s' };
const metrics = { '/intel/mock/foo': {} };
const withCollect = (collect: object) => ({ schedule, workflow: { collect: { metrics, ...collect } } });
const withSchedule = (given: unknown) => ({ schedule: given, workflow: { collect: { metrics } } });
const withKey = (key: string, value: unknown) => ({ ...withCollect({}), [key]: value });
const withNode = (node: object) => withCollect({ process: [node] });

const mapType = 'Go value of type map[string]json.RawMessage';

/** What is refused, with which text (dossier 3.5 and answers of the original). */
const refusals: readonly (readonly [string, unknown, string])[] = [
  ['nothing', '', 'unexpected end of JSON input'],
  ['half an object', '{"schedule":', 'unexpected end of JSON input'],
  ['a string', '"x"', `json: cannot unmarshal string into ${mapType}`],
  ['an array', '[]', `json: cannot unmarshal array into ${mapType}`],
  ['null', 'null', 'Task must include a schedule, and the schedule must not be empty'],
  ['an empty object', {}, 'Task must include a schedule, and the schedule must not be empty'],
  ['an unknown key', withKey('foo', 1), "Unrecognized key 'foo' in task creation request"],
  ['a key in the wrong case', withKey('Name', 'x'), "Unrecognized key 'Name' in task creation request"],
  ['a key of every object', withKey('constructor', 1), "Unrecognized key 'constructor' in task creation request"],
  ['start', { start: 'yes' }, "json: cannot unmarshal string into Go value of type bool (while parsing 'start')"],
  ['name', { name: 7 }, "json: cannot unmarshal number into Go value of type string (while parsing 'name')"],
  ['version', { version: '1' }, "json: cannot unmarshal string into Go value of type int (while parsing 'version')"],
  [
    'a fraction',
    { 'max-failures': 1.5 },
    "json: cannot unmarshal number 1.5 into Go value of type int (while parsing 'max-failures')",
  ],
  [
    'a huge number',
    '{"max-metrics-buffer":9223372036854775808}',
    "json: cannot unmarshal number 9223372036854775808 into Go value of type int64 (while parsing 'max-metrics-buffer')",
  ],
  [
    'deadline type',
    { deadline: 5 },
    "json: cannot unmarshal number into Go value of type string (while parsing 'deadline')",
  ],
  ['deadline unit', withKey('deadline', '5'), 'time: missing unit in duration "5"'],
  ['collect duration', withKey('max-collect-duration', 'x'), 'time: invalid duration "x"'],

  ['an empty schedule', withSchedule({}), 'Task must include a schedule, and the schedule must not be empty'],
  [
    'a schedule of unknown keys',
    withSchedule({ foo: 1 }),
    'Task must include a schedule, and the schedule must not be empty',
  ],
  ['a null schedule', withSchedule(null), 'Task must include a schedule, and the schedule must not be empty'],
  [
    'a schedule that is a string',
    withSchedule('1s'),
    'json: cannot unmarshal string into Go value of type core.Schedule',
  ],
  [
    'an interval that is a number',
    withSchedule({ type: 'simple', interval: 1 }),
    'json: cannot unmarshal number into Go struct field Schedule.interval of type string',
  ],
  [
    'a negative count',
    withSchedule({ ...schedule, count: -1 }),
    'json: cannot unmarshal number -1 into Go struct field Schedule.count of type uint',
  ],
  ['no interval', withSchedule({ type: 'simple' }), 'missing `interval` in configuration of schedule'],
  ['no cron entry', withSchedule({ type: 'cron' }), 'missing `interval` in configuration of schedule'],
  ['no schedule type', withSchedule({ interval: '1s' }), 'unknown schedule type ``'],
  ['an unknown schedule type', withSchedule({ type: 'foo' }), 'unknown schedule type `foo`'],
  ['an interval without unit', withSchedule({ type: 'simple', interval: '10' }), 'time: missing unit in duration "10"'],
  ['interval 0', withSchedule({ type: 'windowed', interval: '0s' }), 'Interval must be greater than 0'],
  ['a negative interval', withSchedule({ type: 'simple', interval: '-1s' }), 'Interval must be greater than 0'],
  ['a cron entry', withSchedule({ type: 'cron', interval: '* * *' }), 'Expected 5 or 6 fields, found 3: * * *'],
  [
    'a stop in the past',
    withSchedule({ ...schedule, stop_timestamp: '2016-10-27T16:39:57+01:00' }),
    'Stop time is in the past',
  ],
  [
    'a stop before the start',
    withSchedule({ ...schedule, start_timestamp: '2030-01-02T00:00:00Z', stop_timestamp: '2030-01-01T00:00:00Z' }),
    'Stop time cannot occur before start time',
  ],
  [
    'a timestamp that is none',
    withSchedule({ ...schedule, start_timestamp: 'soon' }),
    'parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"',
  ],
  [
    'a timestamp that is a number',
    withSchedule({ ...schedule, start_timestamp: 5 }),
    'Time.UnmarshalJSON: input is not a JSON string',
  ],

  ['no workflow', { schedule }, 'Task must include a workflow, and the workflow must not be empty'],
  ['an empty workflow', { schedule, workflow: {} }, 'Task must include a workflow, and the workflow must not be empty'],
  [
    'a null collect',
    { schedule, workflow: { collect: null } },
    'Task must include a workflow, and the workflow must not be empty',
  ],
  ['a workflow that is a list', { schedule, workflow: [] }, `json: cannot unmarshal array into ${mapType}`],
  ['a workflow key', { schedule, workflow: { collct: {} } }, "Unrecognized key 'collct' in workflow of task."],
  ['a collect key', withCollect({ metrcs: {} }), "Unrecognized key 'metrcs' in collect workflow of task."],
  ['a process key', withNode({ plugin: 'x' }), "Unrecognized key 'plugin' in process workflow of task."],
  ['a nested process key', withNode({ process: [{ x: 1 }] }), "Unrecognized key 'x' in process workflow of task."],
  [
    'a publish key',
    withCollect({ publish: [{ process: [] }] }),
    "Unrecognized key 'process' in publish workflow of task.",
  ],
  [
    'a metric key',
    withCollect({ metrics: { '/a': { v: 1 } } }),
    "Unrecognized key 'v' in metrics in collect workflow of task",
  ],
  ['no metrics', withCollect({ metrics: {} }), 'Collection node has not metrics defined to collect'],
  ['null metrics', withCollect({ metrics: null }), 'Collection node has not metrics defined to collect'],
  [
    'metrics that are a list',
    withCollect({ metrics: [] }),
    'json: cannot unmarshal array into Go value of type map[string]wmap.metricInfo',
  ],
  ['a metric that is a number', withCollect({ metrics: { '/a': 1 } }), `json: cannot unmarshal number into ${mapType}`],
  [
    'a metric version',
    withCollect({ metrics: { '/a': { version: '1' } } }),
    "json: cannot unmarshal string into Go value of type int (while parsing 'version')",
  ],
  [
    'config',
    withCollect({ config: [] }),
    "json: cannot unmarshal array into Go value of type map[string]map[string]interface {} (while parsing 'config')",
  ],
  [
    'config of a prefix',
    withCollect({ config: { '/a': 'x' } }),
    "json: cannot unmarshal string into Go value of type map[string]interface {} (while parsing 'config')",
  ],
  [
    'a config value',
    withCollect({ config: { '/intel/mock': { a: { b: 1 } } } }),
    'Cannot convert config value to config data node: /intel/mock=>map[b:1]',
  ],
  [
    'a config null',
    withCollect({ config: { '/a': { b: null } } }),
    'Cannot convert config value to config data node: /a=><nil>',
  ],
  [
    'a node config list',
    withNode({ config: { k: [1, 'x'] } }),
    'Cannot convert config value to config data node: =>[1 x]',
  ],
  [
    'tags',
    withCollect({ tags: { '/a': { b: 1 } } }),
    "json: cannot unmarshal number into Go value of type string (while parsing 'tags')",
  ],
  [
    'process',
    withCollect({ process: {} }),
    'json: cannot unmarshal object into Go value of type []wmap.ProcessWorkflowMapNode',
  ],
  [
    'publish',
    withCollect({ publish: 'x' }),
    'json: cannot unmarshal string into Go value of type []wmap.PublishWorkflowMapNode',
  ],
  ['a process node', withCollect({ process: ['x'] }), `json: cannot unmarshal string into ${mapType}`],
  [
    'plugin_name',
    withNode({ plugin_name: 1 }),
    "json: cannot unmarshal number into Go value of type string (while parsing 'plugin_name')",
  ],
  [
    'target',
    withNode({ target: 1 }),
    "json: cannot unmarshal number into Go value of type string (while parsing 'target')",
  ],

  ['a malformed target', withNode({ target: 'bad' }), 'address bad: missing port in address'],
  ['a target of too many colons', withNode({ target: 'a:b:1' }), 'address a:b:1: too many colons in address'],
  ['a target without bracket', withNode({ target: '[::1:80' }), "address [::1:80: missing ']' in address"],
  ['a target with a named port', withNode({ target: 'a:http' }), 'strconv.Atoi: parsing "http": invalid syntax'],
  [
    'a remote target',
    withCollect({ publish: [{ plugin_name: 'file', target: 'other:8082' }] }),
    "Remote targets are not served yet: other:8082. Leave 'target' empty to run the plugin here.",
  ],
];

describe('a task manifest', () => {
  test.each(refusals)('is refused for %s', (_, manifest, message) => {
    expect(() => read(manifest)).toThrow(
      expect.objectContaining({
        code: 'SNAP_TASK_INVALID',
        message,
        extensions: expect.objectContaining({ details: { messages: [message] } }),
      }),
    );
  });

  test('has defaults', () => {
    expect(read(withCollect({}))).toMatchObject({
      start: false,
      definition: {
        name: null,
        deadlineNanos: 5_000_000_000n,
        maxFailures: 10,
        maxCollectDurationNanos: 0n,
        maxMetricsBuffer: 0n,
        schedule: { type: 'windowed', intervalNanos: 1_000_000_000n, start: null, stop: null, count: null },
      },
    });
  });

  test('says what to do', () => {
    const manifest = {
      ...withCollect({}),
      version: 1,
      name: 'watched',
      deadline: '8s',
      start: true,
      'max-failures': -3,
      'max-collect-duration': '2s',
      'max-metrics-buffer': 10,
    };
    expect(read(manifest)).toMatchObject({
      start: true,
      definition: {
        name: 'watched',
        deadlineNanos: 8_000_000_000n,
        maxFailures: -1,
        maxCollectDurationNanos: 2_000_000_000n,
        maxMetricsBuffer: 10n,
      },
    });
  });

  test('takes empty texts and nulls as not given, as snaptel sends them', () => {
    const manifest = {
      ...withCollect({ process: null, publish: null }),
      name: '',
      deadline: '',
      'max-collect-duration': '',
      'max-failures': 0,
    };
    expect(read(manifest).definition).toMatchObject({ name: null, deadlineNanos: 5_000_000_000n, maxFailures: 10 });
  });

  test('the keys of a schedule may be in any case', () => {
    expect(read(withSchedule({ TYPE: 'cron', Interval: '@hourly' })).definition.schedule).toEqual({
      type: 'cron',
      entry: '@hourly',
    });
  });

  test('a stop time makes a count void', () => {
    const { definition } = read(withSchedule({ ...schedule, count: 3, stop_timestamp: '2030-01-01T00:00:00Z' }));
    expect(definition.schedule).toMatchObject({ count: null });
  });

  test('of a key given twice the last one counts', () => {
    const text = '{"name":"a","name":"b","schedule":{"type":"streaming"},"workflow":{"collect":{"metrics":{"/a":{}}}}}';
    expect(read(text).definition.name).toBe('b');
  });

  test('workflows nested without end are refused, not followed', () => {
    const depth = 4_000;
    const nested = `${'{"process":['.repeat(depth)}{}${']}'.repeat(depth)}`;
    const text = `{"schedule":{"type":"streaming"},"workflow":{"collect":{"metrics":{"/a":{}},"process":[${nested}]}}}`;
    expect(() => read(text)).toThrow('Processors are nested deeper than 100.');
  });

  test('any JSON is read or refused with a text', () => {
    const keys = [
      'schedule',
      'workflow',
      'collect',
      'metrics',
      'config',
      'tags',
      'process',
      'publish',
      'type',
      'interval',
    ];
    const node = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'medium' }, fc.jsonValue(), fc.constantFrom('simple', '1s', 'cron'), tie('object')),
      object: fc.dictionary(fc.constantFrom(...keys), tie('value')),
    }));
    fc.assert(
      fc.property(node.object, (manifest) => {
        try {
          read(manifest);
        } catch (error) {
          expect(error).toMatchObject({ code: 'SNAP_TASK_INVALID' });
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the normal form of a workflow', () => {
  const normalOf = (collect: string) =>
    read(`{"schedule":{"type":"streaming"},"workflow":{"collect":${collect}}}`).definition.workflowJson;

  test('has an order of its own, versions and targets filled in, and nothing empty (dossier 3.6)', () => {
    const given = `{"publish":[{"plugin_name":"MOCK-File"}],
      "process":[{"target":"","publish":[{"config":{"z":true,"a":"x"},"plugin_name":"f"}],"process":null,"plugin_name":"p","plugin_version":2,"config":{}}],
      "tags":{"/intel":{"b":"2","a":"1"}}, "config":{"/intel/mock":{"password":"s","name":"r"},"/empty":{}},
      "metrics":{"/intel/mock/foo":{},"/intel/mock/*/baz":{"version":1},"/intel/mock/bar":null}}`;
    expect(normalOf(given)).toBe(
      '{"collect":{"metrics":{"/intel/mock/*/baz":{"version":1},"/intel/mock/bar":{"version":0},"/intel/mock/foo":{"version":0}},' +
        '"config":{"/empty":{},"/intel/mock":{"name":"r","password":"s"}},"tags":{"/intel":{"a":"1","b":"2"}},' +
        '"process":[{"plugin_name":"p","plugin_version":2,"publish":[{"plugin_name":"f","plugin_version":0,"config":{"a":"x","z":true},"target":""}],"target":""}],' +
        '"publish":[{"plugin_name":"MOCK-File","plugin_version":0,"target":""}]}}',
    );
  });

  test('keeps every digit, and integral numbers are integers', () => {
    const numbers =
      '{"big":9007199254740993,"e":1e3,"f":5.0,"huge":18446744073709551616,"neg":-7,"pi":3.25,"tiny":1e-7}';
    expect(normalOf(`{"metrics":{"/a":{}},"config":{"/a":${numbers}}}`)).toBe(
      '{"collect":{"metrics":{"/a":{"version":0}},"config":{"/a":' +
        '{"big":9007199254740993,"e":1000,"f":5,"huge":18446744073709552000,"neg":-7,"pi":3.25,"tiny":1e-7}}}}',
    );
  });

  test('is read back as the same workflow, whatever it holds', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '/a/<b>&\u2028'));
    const config = fc.dictionary(
      name,
      fc.oneof(fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
    );
    const publish = fc.array(fc.record({ plugin_name: name, plugin_version: fc.integer(), config }), { maxLength: 2 });
    const collect = fc.record({
      metrics: fc.dictionary(name, fc.record({ version: fc.integer() }), { minKeys: 1 }),
      config: fc.dictionary(name, config),
      tags: fc.dictionary(name, fc.dictionary(name, fc.string())),
      process: fc.array(fc.record({ plugin_name: name, publish }), { maxLength: 2 }),
      publish,
    });
    fc.assert(
      fc.property(collect, (given) => {
        const { workflow, workflowJson } = read({
          schedule: { type: 'streaming' },
          workflow: { collect: given },
        }).definition;
        expect(workflowFromJson(workflowJson)).toEqual(workflow);
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  { type: 'simple', interval: '60s' },
  { type: 'simple', interval: '1s', count: 3 },
  {
    type: 'windowed',
    interval: '1.5s',
    start_timestamp: '2030-01-01T00:00:00.5+02:00',
    stop_timestamp: '2031-01-01T00:00:00Z',
  },
  { type: 'cron', interval: '@every 1h30m' },
  { type: 'streaming' },
])('the schedule %o survives storage', (given) => {
  const { definition } = read(withSchedule(given));
  expect(scheduleFromJson(scheduleToJson(definition.schedule))).toEqual(definition.schedule);
});
