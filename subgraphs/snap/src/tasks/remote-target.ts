import { ManifestError } from './manifest-reader.ts';

/**
 * Refuses the `target` of a node unless it is empty. A malformed one gets the original's text; a well-formed one would run
 * the plugin on another node, which comes with the plugin runtime.
 */
export function refuseTarget(target: string): void {
  if (target === '') return;
  const port = portOf(target);
  if (!/^[+-]?\d+$/.test(port)) {
    throw new ManifestError(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`);
  }
  throw new ManifestError(`Remote targets are not served yet: ${target}. Leave 'target' empty to run the plugin here.`);
}

/** The port of `host:port` or `[host]:port`, as Go's `net.SplitHostPort` finds it. */
function portOf(target: string): string {
  const address = (fault: string) => new ManifestError(`address ${target}: ${fault} in address`);
  const colon = target.lastIndexOf(':');
  if (colon < 0) throw address('missing port');
  if (target.startsWith('[')) {
    const closing = target.indexOf(']');
    if (closing < 0) throw address("missing ']'");
    if (closing + 1 === target.length) throw address('missing port');
    if (closing + 1 !== colon) throw address(target[closing + 1] === ':' ? 'too many colons' : 'missing port');
    return target.slice(colon + 1);
  }
  if (target.indexOf(':') !== colon) throw address('too many colons');
  return target.slice(colon + 1);
}
