import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { defaultsOf, MemoryEventBus, type Subgraph } from '@pentagraph/kit';
import { countingIds, ManualClock, settle, testContext } from '@pentagraph/kit/testing';
import type { Provider } from '@pentagraph/prisma';
import { testDatabase } from '@pentagraph/prisma/testing';
import { type ExecutionResult, execute, type GraphQLSchema, parse, subscribe } from 'graphql';
import { createSnapSubgraph } from '../../src/index.ts';
import { type SnapConfig, snapSettings } from '../../src/snap-config.ts';

type Data = Readonly<Record<string, unknown>>;
type SubgraphSchemaInput = Parameters<typeof buildSubgraphSchema>[0];

interface Running {
  readonly subgraph: Subgraph;
  readonly schema: GraphQLSchema;
  readonly closeDatabase: () => Promise<void>;
}

/** The snap domain with its built-in plugins, on a clock that tests move, reached through its schema. */
export class SnapWorld implements AsyncDisposable {
  readonly clock = new ManualClock('2026-11-22T06:35:40Z');
  /** A folder for what publishers write. */
  readonly folder = mkdtempSync(join(tmpdir(), 'pentagraph-snap-world-'));
  readonly #newId = countingIds();
  readonly #database;
  readonly #config: SnapConfig;
  readonly #disconnect = new AbortController();
  #running: Running | undefined;

  constructor(provider: Provider = 'sqlite', config: Partial<SnapConfig> = {}) {
    this.#database = testDatabase('snap', provider);
    this.#config = { ...defaultsOf(snapSettings), ...config };
  }

  static async open(provider?: Provider, config?: Partial<SnapConfig>): Promise<SnapWorld> {
    const world = new SnapWorld(provider, config);
    await world.start();
    return world;
  }

  /** Begins a process on the database, which may be left by another one. */
  async start(): Promise<void> {
    const database = await this.#database.open();
    const subgraph = createSnapSubgraph({
      database,
      clock: this.clock,
      newId: this.#newId,
      random: () => 0.5,
      bus: new MemoryEventBus(),
      logger: testContext().logger,
      config: this.#config,
      hostName: 'test-host',
      dataDir: this.folder,
    });
    await subgraph.start();
    const { typeDefs, resolvers } = subgraph;
    const schema = buildSubgraphSchema({ typeDefs, resolvers } as SubgraphSchemaInput);
    this.#running = { subgraph, schema, closeDatabase: () => database.close() };
  }

  /** Ends the process as kill -9 does: the database is gone before anything could be written. */
  async kill(): Promise<void> {
    const { closeDatabase, subgraph } = this.#process();
    this.#running = undefined;
    await closeDatabase();
    await subgraph.stop();
  }

  /** Ends the process in good order. */
  async stop(): Promise<void> {
    const { subgraph, closeDatabase } = this.#process();
    this.#running = undefined;
    await subgraph.stop();
    await closeDatabase();
  }

  get subgraph(): Subgraph {
    return this.#process().subgraph;
  }

  async execute(query: string, variables: Data = {}): Promise<ExecutionResult> {
    const { schema, subgraph } = this.#process();
    const contextValue = subgraph.context(testContext({ signal: this.#disconnect.signal }));
    return execute({ schema, document: parse(query), variableValues: variables, contextValue });
  }

  /** The data of an operation that must not fail. */
  async data<Answer>(query: string, variables: Data = {}): Promise<Answer> {
    const { data, errors } = await this.execute(query, variables);
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
    return structuredClone(data) as Answer;
  }

  /** The one error of an operation that must fail. */
  async refusal(query: string, variables: Data = {}): Promise<{ message: string; code: unknown; details: unknown }> {
    const { errors = [] } = await this.execute(query, variables);
    const [error] = errors;
    if (!error || errors.length > 1) throw new Error(`expected one error, got ${errors.length}`);
    return { message: error.message, code: error.extensions.code, details: error.extensions.details };
  }

  /** Events of a subscription, as it answers them. */
  async subscribe(query: string, variables: Data = {}): Promise<AsyncGenerator<ExecutionResult, void, void>> {
    const { schema, subgraph } = this.#process();
    const contextValue = subgraph.context(testContext({ signal: this.#disconnect.signal }));
    const answer = await subscribe({ schema, document: parse(query), variableValues: variables, contextValue });
    if (!(Symbol.asyncIterator in answer)) throw new Error(JSON.stringify(answer.errors));
    return answer;
  }

  /** Lets work outside of the clock go on, files and databases, until it has led there. */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < 2_000; turn++) {
      if (await isSo()) return;
      await settle();
    }
    throw new Error('it never came to that');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#running) await this.stop();
    await this.#database.dispose();
    rmSync(this.folder, { recursive: true });
  }

  #process(): Running {
    if (!this.#running) throw new Error('the process is not running');
    return this.#running;
  }
}
