import { readFileSync } from 'node:fs';

/** A request and what the original answered. */
export interface ExchangeRecord {
  readonly group: string;
  readonly seq: number;
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
}

/** A watch and the bytes that came, chunk by chunk. */
export interface StreamRecord {
  readonly group: string;
  readonly seq: number;
  readonly name: string;
  readonly kind: 'raw-stream';
  readonly request_raw: string;
  readonly chunks: readonly { readonly t_ms: number; readonly raw: string }[];
}

export type GoldenRecord = ExchangeRecord | StreamRecord;

/** What a record is called in tables and reports: `task-life 5`. */
export const recordId = ({ group, seq }: Pick<GoldenRecord, 'group' | 'seq'>): string => `${group} ${seq}`;

/** The recorded answers of the original that concern the rows of v1 and the built-in plugins. */
export const goldenRecords: readonly GoldenRecord[] = readFileSync(new URL('snap.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as GoldenRecord);

export const recordsOf = (group: string): readonly GoldenRecord[] =>
  goldenRecords.filter((record) => record.group === group);
