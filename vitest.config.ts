import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Tests read the packages' sources, never a stale build: see the `pentagraph-source` export condition in each package.json.
 * 'import' must not be named: Vite knows it, but Vitest would hand it to Node.js too, whose require() would then get ES modules.
 */
const fromSource = { conditions: ['pentagraph-source', 'node'] };

/** Node.js gives everybody the CommonJS build of graphql; the bundler would give our own code the other one. There must be one. */
const oneGraphql = [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }];

/** Browser tests exist where there is a browser: `.ci/run` installs one and says so. */
const browserTests = process.env.PENTAGRAPH_TEST_CHROMIUM ? [] : ['test/**/*.browser.test.ts'];

const project = (name: string, root: string) => ({
  ssr: { resolve: { ...fromSource, externalConditions: fromSource.conditions } },
  resolve: { ...fromSource, alias: oneGraphql },
  test: {
    name,
    root: fileURLToPath(new URL(root, import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: browserTests,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('kit', 'subgraphs/kit'),
      project('prisma', 'prisma'),
      project('snap', 'subgraphs/snap'),
      project('router', 'router'),
      project('rest-compat', 'rest-compat'),
    ],
  },
});
