/** How a process may end; `pentagraph --help` explains them. */
export const exitCodes = {
  stopped: 0,
  failed: 1,
  misused: 2,
  forcedBySigint: 130,
  forcedBySigterm: 143,
} as const;
