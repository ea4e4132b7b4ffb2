/** One part of a path pattern, between two slashes. */
export type PatternSegment =
  | { readonly kind: 'static'; readonly text: string }
  /** `:name`: one segment that is not empty. */
  | { readonly kind: 'param'; readonly name: string }
  /** `*name`, only at the end: all that follows, its slash included. */
  | { readonly kind: 'rest'; readonly name: string };

/** The names of a pattern's parameters: `'/v1/tasks/:id/watch'` has `id`. */
export type PathParams<Path extends string> = { readonly [Name in ParamName<Path>]: string };

type ParamName<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? ParamName<Head> | ParamName<Tail>
  : Path extends `:${infer Name}` | `*${infer Name}`
    ? Name
    : never;

/** @throws Error for a pattern that is not one: a defect of the table. */
export function parsePattern(pattern: string): readonly PatternSegment[] {
  if (!pattern.startsWith('/')) throw new Error(`A path pattern begins with a slash: ${pattern}`);
  const segments = pattern.slice(1).split('/').map(parseSegment);
  if (segments.slice(0, -1).some(({ kind }) => kind === 'rest')) {
    throw new Error(`'*' stands only at the end of a path pattern: ${pattern}`);
  }
  return segments;
}

function parseSegment(text: string): PatternSegment {
  if (text.startsWith(':')) return { kind: 'param', name: text.slice(1) };
  if (text.startsWith('*')) return { kind: 'rest', name: text.slice(1) };
  return { kind: 'static', text };
}
