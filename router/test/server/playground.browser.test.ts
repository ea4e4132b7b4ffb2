import { chromium } from 'playwright-core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freshSystem } from './fixtures/fresh-system.ts';
import { served } from './fixtures/served.ts';

/** GraphiQL in a browser, on a fresh system. */
async function openPlayground() {
  const { graph, clock } = await freshSystem();
  const { url } = await served({ graph });
  const browser = await chromium.launch({
    executablePath: process.env.PENTAGRAPH_TEST_CHROMIUM,
    args: ['--no-sandbox'],
  });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const asked = new Set<string>();
  const complaints: string[] = [];
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.waitForSelector('.graphiql-execute-button');

  const run = () => page.click('.graphiql-execute-button');
  const result = async () => (await page.locator('.result-window').textContent()) ?? '';
  const until = (check: (shown: string) => void) => vi.waitFor(async () => check(await result()), 10_000);
  /** GraphiQL reads the operation of a tab a moment after it shows the tab, and notes its text when it has. */
  const openTab = async (name: string) => {
    await page.locator('.graphiql-tab-button', { hasText: name }).first().click();
    await page.waitForFunction(`localStorage.getItem('graphiql:query')?.includes('${name}')`);
  };

  return {
    url,
    graph,
    clock,
    page,
    asked,
    complaints,
    openTab,
    run,
    result,
    until,
  };
}

test('the playground runs a query and shows live events of a watched task', async () => {
  const { url, graph, clock, page, asked, complaints, openTab, run, result, until } = await openPlayground();

  await run();
  await until((shown) => expect(shown).toContain('snapPlugins'));

  await openTab('CreateMockTask');
  await run();
  await until((shown) => expect(shown).toContain('RUNNING'));
  const id = /[\da-f]{8}-[\da-f-]{27}/.exec(await result())?.[0] ?? '';

  await openTab('Watch');
  await page.click('.graphiql-editor-tool .monaco-editor');
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(JSON.stringify({ id }));
  // What the editor closed by itself.
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Delete');
  await run();
  await until(() => expect(graph.stats().activeSubscriptions).toBe(1));
  await clock.advance(1000);
  await until((shown) => expect(shown).toContain('SnapMetricsCollected'));

  expect([...asked].filter((origin) => origin !== 'null')).toEqual([url]);
  expect(complaints).toEqual([]);
}, 60_000);
