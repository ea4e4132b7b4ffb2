/** The values of the dynamic element `host` of all mock collectors. */
const mockHosts: readonly string[] = Array.from({ length: 10 }, (_, index) => `host${index}`);

/** The hosts a request asks for: all of them, or the one it names. @throws Error when it names another */
export function requestedHosts(value: string): readonly string[] {
  if (value === '*') return mockHosts;
  if (mockHosts.includes(value)) return [value];
  throw new Error(
    `requested hostname \`${value}\` is not available (list of available hosts: [${mockHosts.join(' ')}])`,
  );
}
