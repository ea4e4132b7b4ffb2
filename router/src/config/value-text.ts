import type { Setting } from '@pentagraph/kit/settings';
import { addressText, type ListenAddress, withoutPassword } from './kinds.ts';

const isAddress = (value: object): value is ListenAddress => 'kind' in value;

/** A value as it is written in a file or after a flag, passwords hidden. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(',');
  if (typeof value === 'object' && value !== null && isAddress(value)) return addressText(value);
  return withoutPassword(String(value));
}

/** What holds without the key: its default, or what happens. */
export const defaultText = ({ default: value, unset }: Setting<unknown>): string =>
  value === undefined ? (unset ?? 'unset') : valueText(value);
