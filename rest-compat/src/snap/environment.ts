/** Our own settings, secrets among them, are not shown to whoever may send a body. */
const WITHHELD = /^PENTAGRAPH_/;

const REFERENCE = /\$(?:\{([^}]*)\}|(\{)|([*#$@!?\-0-9]|[A-Za-z0-9_]+))/g;

/**
 * Puts the values of environment variables in place of `$NAME` and `${NAME}`, as Go's `os.ExpandEnv` does; a variable that
 * is not set leaves nothing (dossier 2.1). Deviation: variables that begin with `PENTAGRAPH_` count as not set.
 */
export function expandEnvironment(text: string, environment: NodeJS.ProcessEnv = process.env): string {
  return text.replace(REFERENCE, (_reference, inBraces: string | undefined, _open, bare: string | undefined) => {
    const name = inBraces ?? bare ?? '';
    return WITHHELD.test(name) ? '' : (environment[name] ?? '');
  });
}
