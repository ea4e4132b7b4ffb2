const STRINGS_AND_SPACE = /"[^"\\]*(?:\\.[^"\\]*)*"|[ \t\r\n]+/gs;
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{[][}\]]|[{}[\],:]|[^"{}[\],:]+/gs;

/** JSON text without the blanks between its tokens (Go's `json.Compact`); the text must be valid JSON. */
export function compactGoJson(text: string): string {
  return text.replace(STRINGS_AND_SPACE, (part) => (part.startsWith('"') ? part : ''));
}

/**
 * Compact JSON text over several lines (Go's `json.Indent`): empty arrays and objects stay on one line.
 * @param text valid JSON without blanks between its tokens
 * @param indent what each level is indented by, e.g. two blanks
 */
export function indentGoJson(text: string, indent: string): string {
  let depth = 0;
  const newLine = () => `\n${indent.repeat(depth)}`;
  return text.replace(TOKENS, (token) => {
    switch (token) {
      case '{':
      case '[':
        depth++;
        return token + newLine();
      case '}':
      case ']':
        depth--;
        return newLine() + token;
      case ',':
        return token + newLine();
      case ':':
        return ': ';
      default:
        return token;
    }
  });
}
