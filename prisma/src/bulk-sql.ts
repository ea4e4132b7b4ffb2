import { join, raw, type Sql, sqltag as sql } from '@prisma/client/runtime/client';

export { join, raw, type Sql, sql };

/** A value of a raw statement; a Date is a DateTime column's. */
export type SqlValue = string | number | bigint | boolean | Date | null;

export interface RowUpdates {
  /** The model's name. */
  readonly table: string;
  /** The column that names a row. */
  readonly key: string;
  /** The columns that are set. */
  readonly columns: readonly string[];
  /** Per row its key and then the values of the columns, in their order. */
  readonly rows: readonly (readonly [key: SqlValue, ...values: SqlValue[]])[];
}

/**
 * One statement that sets different values in many rows, for `client.$executeRaw(...)` on either store; it answers how
 * many rows there were. Both stores allow some 32,000 values in a statement.
 */
export function updateRows({ table, key, columns, rows }: RowUpdates): Sql {
  const names = [key, ...columns].map(identifier);
  // PostgreSQL takes the types of the list's columns from its first row, since parameters have none.
  const typed = join(names.map((name) => sql`(SELECT ${name} FROM ${identifier(table)} WHERE 1 = 0)`));
  const values = rows.map((row) => sql`(${join([...row])})`);
  const settings = names.slice(1).map((name, index) => sql`${name} = changed.${raw(`column${index + 2}`)}`);
  return sql`UPDATE ${identifier(table)} SET ${join(settings)}
    FROM (VALUES ${join([sql`(${typed})`, ...values])}) AS changed
    WHERE ${identifier(table)}.${identifier(key)} = changed.column1`;
}

const identifier = (name: string): Sql => raw(`"${name.replaceAll('"', '""')}"`);
