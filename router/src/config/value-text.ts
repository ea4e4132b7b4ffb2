import type { Setting } from '@pentagraph/kit/settings';
import type { ListenAddress } from '../server/server-options.ts';
import { addressText, withoutPassword } from './kinds.ts';

const isAddress = (value: object): value is ListenAddress => 'path' in value || 'port' in value;

/** A value as it is written in a file or after a flag, passwords hidden. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(',');
  if (typeof value === 'object' && value !== null) return isAddress(value) ? addressText(value) : JSON.stringify(value);
  return withoutPassword(String(value));
}

/** What holds without the key: its default, or what happens. */
export const defaultText = ({ default: value, unset }: Setting<unknown>): string =>
  value === undefined ? (unset ?? 'unset') : valueText(value);
