import { type Clock, systemClock } from '@pentagraph/kit';
import type { FastifyInstance } from 'fastify';
import { operationGuard } from '../graph/guard.ts';
import { defaultLimits, type OperationLimits } from '../graph/limits.ts';
import type { ApiMount, ApiMountOptions } from './api-mount.ts';
import { frontPage } from './front-page.ts';
import { serveGraph } from './graph-listener.ts';
import { apolloServer } from './graphql-http.ts';
import { type HttpApp, httpApp } from './http-app.ts';
import { listen } from './listen.ts';
import { Metrics } from './metrics.ts';
import { operatorRoutes } from './operator-routes.ts';
import { answerError, answerNotFound } from './refusals.ts';
import { RequestLifetimes } from './request-lifetimes.ts';
import type { ApiListener, BoundListener, GraphServer, ListenAddress, ServerOptions } from './server-options.ts';

/** A listener that is built, but not served yet. */
interface PreparedListener extends Omit<BoundListener, 'url'> {
  readonly app: FastifyInstance;
  readonly address: ListenAddress;
}

/** Makes the HTTP and WebSocket server of a graph and of the REST APIs on top of it. Nothing is served before `start()`. */
export function createServer(options: ServerOptions): GraphServer {
  return new Server(options);
}

class Server implements GraphServer {
  readonly #options: ServerOptions;
  readonly #clock: Clock;
  readonly #limits: OperationLimits;
  readonly #lifetimes = new RequestLifetimes();
  readonly #draining = new AbortController();
  readonly #apollo: ReturnType<typeof apolloServer>;
  readonly #metrics: Metrics;
  readonly #apps: FastifyInstance[] = [];
  #apolloStarted = false;
  #stopped: Promise<void> | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#apollo = apolloServer(options.graph, options.logger);
    this.#metrics = new Metrics({
      graph: options.graph,
      webSocketConnections: () =>
        this.#apps.reduce((count, app) => count + (app.websocketServer?.clients.size ?? 0), 0),
    });
  }

  async start(): Promise<readonly BoundListener[]> {
    try {
      await this.#apollo.start();
      this.#apolloStarted = true;
      const listeners = [await this.#mainListener()];
      for (const listener of this.#options.listeners ?? []) listeners.push(await this.#apiListener(listener));
      await Promise.all(this.#apps.map((app) => app.ready()));
      await this.#options.beforeListen?.();
      const bound: BoundListener[] = [];
      for (const { app, address, ...facts } of listeners) bound.push({ ...facts, url: await listen(app, address) });
      return bound;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain();
    return this.#stopped;
  }

  async #mainListener(): Promise<PreparedListener> {
    const { graph, mounts = [], playground = true, listen: address, webSocket, insecure = false } = this.#options;
    const http = this.#httpApp();
    await serveGraph(http, {
      graph,
      webSocket: { clock: this.#clock, ...webSocket },
      apollo: this.#apollo,
      guard: operationGuard(graph.apiSchema, this.#limits),
      lifetimes: this.#lifetimes,
      bodyBytes: this.#limits.bodyBytes,
      insecure,
    });
    operatorRoutes(http.app, { graph, metrics: this.#metrics, draining: this.#draining.signal });
    frontPage(http.app, { mounts, playground });
    for (const mount of mounts) await this.#mount(http, mount, false);
    return { name: 'main', graph: true, apis: mounts.map(({ name }) => name), app: http.app, address };
  }

  async #apiListener({ name, address, apis }: ApiListener): Promise<PreparedListener> {
    const http = this.#httpApp({ ownNotFound: apis.length === 1 });
    for (const api of apis) await this.#mount(http, this.#mountNamed(api), apis.length === 1);
    return { name, graph: false, apis, app: http.app, address };
  }

  #httpApp({ ownNotFound = false } = {}): HttpApp {
    const { logger, insecure = false } = this.#options;
    const http = httpApp({
      logger,
      clock: this.#clock,
      insecure,
      lifetimes: this.#lifetimes,
      metrics: this.#metrics,
      bodyBytes: this.#limits.bodyBytes,
      draining: this.#draining.signal,
    });
    http.app.setErrorHandler(answerError);
    if (!ownNotFound) http.app.setNotFoundHandler(answerNotFound);
    this.#apps.push(http.app);
    return http;
  }

  #mountNamed(name: string): ApiMount {
    const mount = this.#options.mounts?.find((candidate) => candidate.name === name);
    if (!mount) throw new Error(`No API is called '${name}'.`);
    return mount;
  }

  async #mount({ app, contextOf, nameRoute }: HttpApp, mount: ApiMount, exclusive: boolean): Promise<void> {
    const { graph, logger, stagingDir } = this.#options;
    const options: ApiMountOptions = {
      graph,
      logger: logger.child({ api: mount.name }),
      stagingDir,
      contextOf,
      nameRoute,
      draining: this.#draining.signal,
      exclusive,
    };
    await mount.register(app, options);
  }

  async #drain(): Promise<void> {
    this.#draining.abort();
    const deadline = this.#clock.schedule(this.#options.drainMs ?? 10_000, () => this.#giveUp());
    await Promise.all(this.#apps.map((app) => app.close()));
    deadline.cancel();
    this.#lifetimes.abortAll();
    if (this.#apolloStarted) await this.#apollo.stop();
    this.#metrics.close();
  }

  /** Ends what did not end by itself. */
  #giveUp(): void {
    this.#options.logger.warn(
      { open: this.#lifetimes.size },
      'Requests in flight are cut off: the time to drain is over',
    );
    this.#lifetimes.abortAll();
    for (const app of this.#apps) {
      for (const socket of app.websocketServer?.clients ?? []) socket.terminate();
      app.server.closeAllConnections();
    }
  }
}
