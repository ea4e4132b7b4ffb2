import { mkdir } from 'node:fs/promises';
import { type ServingPentagraph, startPentagraph } from '@pentagraph/rest-compat/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SnapApi } from './snap-api.ts';

const executablePath = process.env.PENTAGRAPH_TEST_CHROMIUM ?? '/usr/bin/chromium';
const screenshots = process.env.PENTAGRAPH_TEST_SCREENSHOTS;

describe('the playground in a browser', () => {
  let pentagraph: ServingPentagraph;
  let browser: Browser;
  let page: Page;
  const foreign: string[] = [];

  beforeAll(async () => {
    pentagraph = await startPentagraph();
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
  });

  /** A browser that was never here before. */
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('request', (request) => {
      const url = request.url();
      if (/^(https?|wss?):/.test(url) && !url.includes(new URL(pentagraph.url).host)) foreign.push(url);
    });
  });

  afterEach(() => page.context().close());

  afterAll(async () => {
    await browser?.close();
    await pentagraph?.stop();
  });

  it('runs a query', async () => {
    await openWith('{ snapPlugins { nodes { name version } } }');
    await run();
    await expectResult('"passthru"');
    await look('query');
  });

  it('shows live watch events', async () => {
    const { id } = await new SnapApi(pentagraph.url).createTask({ start: true });
    await openWith(
      `subscription { snapTaskWatch(id: "${id}") { __typename ... on SnapMetricsCollected { metrics { namespace data } } } }`,
    );
    await run();
    await expectResult('SnapMetricsCollected');
    const first = await result();
    await page.waitForFunction((before) => document.querySelector('.result-window')?.textContent !== before, first);
    await look('subscription');
  });

  it('opens with example operations, the first of which runs as it is, and fetches nothing from elsewhere', async () => {
    await page.goto(pentagraph.url);
    await page.waitForSelector('.graphiql-tab');
    expect(await page.locator('.graphiql-tab').count()).toBeGreaterThan(2);
    await run();
    await expectResult('"passthru"');
    await look('examples');
    expect(foreign).toEqual([]);
  });

  async function openWith(query: string): Promise<void> {
    await page.goto(`${pentagraph.url}/?query=${encodeURIComponent(query)}`);
    await page.waitForSelector('.graphiql-execute-button');
  }

  const run = () => page.click('.graphiql-execute-button');
  const result = () => page.locator('.result-window').textContent();
  const expectResult = (text: string) => page.locator('.result-window', { hasText: text }).waitFor();

  /** Keeps a picture for whoever wants to look (`PENTAGRAPH_TEST_SCREENSHOTS=<folder>`). */
  async function look(name: string): Promise<void> {
    if (!screenshots) return;
    await mkdir(screenshots, { recursive: true });
    await page.screenshot({ path: `${screenshots}/playground-${name}.png` });
  }
});
