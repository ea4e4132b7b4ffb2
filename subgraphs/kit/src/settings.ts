/** How a value of a setting is read, whether it comes as text (flag, environment) or as a YAML value. */
export interface SettingKind<Value> {
  /** What may be given, for people: `a whole number from 0 to 65535`. */
  readonly allowed: string;
  /** The value that `given` stands for; undefined when it isn't allowed. */
  read(given: unknown): Value | undefined;
  /** Whether it may stand on the command line without a value, and means true then. */
  readonly isSwitch?: boolean;
}

interface About {
  /** One or two sentences: what it does, in which unit. */
  readonly description: string;
  /** A value somebody might give, as text. */
  readonly example: string;
}

/** One key of the configuration: all that reading it, explaining it and refusing a wrong value needs. */
export interface Setting<Value> extends About {
  readonly kind: SettingKind<Value>;
  readonly default: Value;
  /** What happens without it, for a setting without a default value. */
  readonly unset?: string;
}

/** The keys of one section: a domain declares its own beside its code, the router reads and documents all of them. */
export type SettingTable = Readonly<Record<string, Setting<unknown>>>;

/** The values of a section. */
export type SettingsOf<Table extends SettingTable> = {
  readonly [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never;
};

/** A key that always has a value. */
export const setting = <Value>(
  kind: SettingKind<Value>,
  about: About & { readonly default: NoInfer<Value> },
): Setting<Value> => ({ kind, ...about });

/** A key that may be left out; `unset` says what happens then. */
export const optionalSetting = <Value>(
  kind: SettingKind<Value>,
  about: About & { readonly unset: string },
): Setting<Value | undefined> => ({ kind, default: undefined, ...about });

/** The values of a section when nothing is given: for tests, and for a subgraph that runs without the router. */
export const defaultsOf = <Table extends SettingTable>(table: Table): SettingsOf<Table> =>
  Object.fromEntries(Object.entries(table).map(([key, { default: value }]) => [key, value])) as SettingsOf<Table>;

/** Any text that isn't empty. */
export const text: SettingKind<string> = {
  allowed: 'text',
  read: (given) => (typeof given === 'string' && given.trim() !== '' ? given : undefined),
};

/** A whole number, both bounds included. */
export const integer = (minimum: number, maximum = Number.MAX_SAFE_INTEGER): SettingKind<number> => ({
  allowed:
    maximum === Number.MAX_SAFE_INTEGER
      ? `a whole number from ${minimum} upwards`
      : `a whole number from ${minimum} to ${maximum}`,
  read(given) {
    const number = typeof given === 'string' && /^[+-]?\d+$/.test(given) ? Number(given) : given;
    return Number.isSafeInteger(number) && (number as number) >= minimum && (number as number) <= maximum
      ? (number as number)
      : undefined;
  },
});

const flagWords = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
]);

/** True or false. */
export const flag: SettingKind<boolean> = {
  allowed: 'true or false',
  isSwitch: true,
  read: (given) => flagWords.get(given),
};

/** One of a few words. */
export const oneOf = <const Word extends string>(...words: readonly Word[]): SettingKind<Word> => ({
  allowed: words.join(', '),
  read: (given) => words.find((word) => word === given),
});

/** Several of a kind: a YAML list, or text with commas; `none` is the empty list. */
export const listOf = <Item>(item: SettingKind<Item>): SettingKind<readonly Item[]> => ({
  allowed: `none, or a comma-separated list, each ${item.allowed}`,
  read(given) {
    if (given === 'none') return [];
    const parts = Array.isArray(given)
      ? given
      : typeof given === 'string'
        ? given.split(',').map((part) => part.trim())
        : [];
    const items = parts.map((part) => item.read(part)).filter((value) => value !== undefined);
    return items.length === parts.length && (items.length > 0 || Array.isArray(given)) ? items : undefined;
  },
});
