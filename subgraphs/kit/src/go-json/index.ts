export { encodeGoJson, type GoEncoding } from './encode-go-json.ts';
export { formatGoValue } from './format-go-value.ts';
export { formatGoFloat, shortestFloat32 } from './go-float.ts';
export { GoJsonError } from './go-json-error.ts';
export { type GoEncodable, type GoJsonObject, type GoJsonValue, RawJson } from './go-json-value.ts';
export type { HtmlEscaping } from './go-string.ts';
export { describeGoType, type GoJsonKind, unmarshalError } from './go-types.ts';
export { compactGoJson, indentGoJson } from './layout.ts';
export { parseGoJson } from './parse-go-json.ts';
