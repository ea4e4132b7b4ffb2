export { type GoEncodable, type GoJsonObject, type GoJsonValue, RawJson } from './go-json-value.ts';
