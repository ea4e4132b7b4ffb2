/** Where a value came from. */
export type Source =
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'default' };

/** Something in the configuration that stops the start. */
export interface Problem {
  /** The key, flag or variable it is about. */
  readonly subject: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
  readonly source?: Source;
  readonly allowed?: string;
  readonly hint?: string;
}

/** All problems of a configuration together, so that they can be mended in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problemReport(problems));
    this.problems = problems;
  }
}

const sourceTexts = {
  flag: ({ flag }: Extract<Source, { kind: 'flag' }>) => `flag ${flag}`,
  environment: ({ variable }: Extract<Source, { kind: 'environment' }>) => `environment variable ${variable}`,
  file: ({ file, line }: Extract<Source, { kind: 'file' }>) => `${file}:${line}`,
  default: () => 'default value',
};

/** A source for people: `flag --port`, `pentagraph.yaml:3`. */
export const sourceText = (source: Source): string => sourceTexts[source.kind](source as never);

/** The problems as they are printed. */
function problemReport(problems: readonly Problem[]): string {
  const blocks = problems.map(({ subject, message, source, allowed, hint }) => {
    const details = { from: source && sourceText(source), allowed, hint };
    const lines = Object.entries(details).flatMap(([name, value]) => (value ? [`    ${name.padEnd(8)} ${value}`] : []));
    return [`  ${subject}: ${message}`, ...lines].join('\n');
  });
  const title =
    problems.length === 1 ? 'The configuration is wrong:' : `The configuration is wrong in ${problems.length} places:`;
  return [title, ...blocks].join('\n\n');
}
