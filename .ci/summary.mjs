import { readFileSync } from 'node:fs';

/** Prints the closing line of a CI run from Vitest's JSON report; a test file that did not even load counts as a failure. */
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
const skipped = numPendingTests + numTodoTests;
const line = `tests: ${numPassedTests} passed, ${numFailedTests + broken.length} failed`;
process.stdout.write(`${skipped > 0 ? `${line}, ${skipped} skipped` : line}\n`);
