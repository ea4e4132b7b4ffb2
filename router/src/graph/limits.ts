import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Lexer,
  Source,
  TokenKind,
  visit,
} from 'graphql';
import { costOf, levelsOf } from './operation-cost.ts';
import type { Variables } from './transport.ts';

/** How much one operation from outside may ask for. */
export interface OperationLimits {
  /** Lexical tokens of the document. */
  readonly tokens: number;
  /** Brackets within brackets, fragments expanded: whoever reads documents calls itself once per level. */
  readonly nesting: number;
  /** Fragments in the document: validation compares each with each. */
  readonly fragments: number;
  /** Directives in the document. */
  readonly directives: number;
  /** Aliases in the document. */
  readonly aliases: number;
  /** Levels of fields, fragments expanded. */
  readonly depth: number;
  /** Fields to resolve, estimated: see {@link costOf}. */
  readonly cost: number;
  /** Bytes of an HTTP body or a WebSocket message. */
  readonly bodyBytes: number;
}

export const defaultLimits: OperationLimits = {
  tokens: 5_000,
  nesting: 200,
  fragments: 100,
  directives: 50,
  aliases: 50,
  depth: 15,
  cost: 1_000_000,
  bodyBytes: 2 ** 20,
};

/** An operation on its way in. */
export interface IncomingOperation {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Variables | undefined;
}

interface LimitRow {
  readonly limit: keyof OperationLimits;
  readonly code: string;
  /** What exceeds, e.g. `The document has 6000 tokens`. */
  readonly finding: (value: number) => string;
  readonly advice: string;
}

/** The limits, their codes and what callers are told; `docs` and tests walk this table. */
export const limitTable = [
  {
    limit: 'bodyBytes',
    code: 'BODY_LIMIT_EXCEEDED',
    finding: (value) => `The request has ${value} bytes`,
    advice: 'Send large values as uploads, or less per request.',
  },
  {
    limit: 'tokens',
    code: 'TOKEN_LIMIT_EXCEEDED',
    finding: (value) => `The document has ${value} tokens`,
    advice: 'Pass values as variables, or split the document.',
  },
  {
    limit: 'nesting',
    code: 'NESTING_LIMIT_EXCEEDED',
    finding: (value) => `The document has brackets within brackets, ${value} levels deep`,
    advice: 'Pass values as variables, or ask for the inner levels in a second operation.',
  },
  {
    limit: 'fragments',
    code: 'FRAGMENT_LIMIT_EXCEEDED',
    finding: (value) => `The document has ${value} fragments`,
    advice: 'Split the document.',
  },
  {
    limit: 'directives',
    code: 'DIRECTIVE_LIMIT_EXCEEDED',
    finding: (value) => `The document has ${value} directives`,
    advice: 'Split the document.',
  },
  {
    limit: 'aliases',
    code: 'ALIAS_LIMIT_EXCEEDED',
    finding: (value) => `The document has ${value} aliases`,
    advice: 'Ask for lists instead of many single things, or split the document.',
  },
  {
    limit: 'depth',
    code: 'DEPTH_LIMIT_EXCEEDED',
    finding: (value) => `The operation is ${value} levels deep`,
    advice: 'Ask for the inner levels in a second operation.',
  },
  {
    limit: 'cost',
    code: 'COST_LIMIT_EXCEEDED',
    finding: (value) => `The operation may resolve ${value} fields`,
    advice: "Ask for smaller pages ('first'), or for fewer fields of each item.",
  },
] as const satisfies readonly LimitRow[];

type Limit = keyof OperationLimits;

/** The error for a limit that is exceeded. */
export function limitError(limit: Limit, value: number, allowed: number): GraphQLError {
  const row = limitTable.find((candidate) => candidate.limit === limit) as LimitRow;
  return new GraphQLError(`${row.finding(value)}; the limit is ${allowed}. ${row.advice}`, {
    extensions: { code: row.code, limit: allowed, value },
  });
}

const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Measures a text before it is parsed; what is no GraphQL ends the count. */
export function measureText(text: string): Pick<OperationLimits, 'tokens' | 'nesting'> {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let open = 0;
  let nesting = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      tokens++;
      if (opening.has(kind)) nesting = Math.max(nesting, ++open);
      else if (closing.has(kind)) open--;
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  return { tokens, nesting };
}

/** What a document holds, whatever the variables are. */
function countParts(document: DocumentNode): Pick<OperationLimits, 'fragments' | 'directives' | 'aliases'> {
  let fragments = 0;
  let directives = 0;
  let aliases = 0;
  visit(document, {
    FragmentDefinition: () => void fragments++,
    Directive: () => void directives++,
    Field: ({ alias }) => {
      if (alias) aliases++;
    },
  });
  return { fragments, directives, aliases };
}

/**
 * Finds the first limit that a parsed operation exceeds. Works on documents that are not validated: what the schema does not
 * have counts nothing, and fragments that contain themselves are counted once.
 */
export function exceededLimit(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operationName, variables = {} }: IncomingOperation,
  limits: OperationLimits,
): GraphQLError | undefined {
  const { fragments, directives, aliases } = countParts(document);
  if (fragments > limits.fragments) return limitError('fragments', fragments, limits.fragments);
  if (directives > limits.directives) return limitError('directives', directives, limits.directives);
  if (aliases > limits.aliases) return limitError('aliases', aliases, limits.aliases);
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const { depth, nesting } = levelsOf(document, operation);
  if (nesting > limits.nesting) return limitError('nesting', nesting, limits.nesting);
  if (depth > limits.depth) return limitError('depth', depth, limits.depth);
  const cost = costOf(schema, document, operation, variables);
  return cost > limits.cost ? limitError('cost', cost, limits.cost) : undefined;
}
