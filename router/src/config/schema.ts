import type { Setting, SettingsOf, SettingTable } from '@pentagraph/kit/settings';
import { limitSettings, listenSettings, processSettings } from './settings.ts';

/** Keys that stand together in the file. */
export interface Section {
  /** The key above them; empty for the top of the file. */
  readonly name: string;
  readonly title: string;
  readonly intro: string;
  readonly settings: SettingTable;
}

/** One key of the whole configuration. */
export interface Key {
  /** `port`, `listen.snap`. */
  readonly path: string;
  readonly setting: Setting<unknown>;
}

/** Everything that can be configured: the single source of reading, checking, `--help` and docs/configuration.md. */
export interface Schema {
  readonly sections: readonly Section[];
  readonly keys: ReadonlyMap<string, Key>;
}

/** The configuration of a process, complete and checked. */
export interface Config extends SettingsOf<typeof processSettings> {
  readonly listen: SettingsOf<typeof listenSettings>;
  readonly limits: SettingsOf<typeof limitSettings>;
  /** The sections that the domains declare, by domain name. */
  readonly domains: Readonly<Record<string, SettingsOf<SettingTable>>>;
}

/** What a domain adds to the schema. */
export interface DomainSection {
  readonly name: string;
  readonly settings: SettingTable;
}

const processSections: readonly Section[] = [
  { name: '', title: 'The process', intro: 'Keys at the top of the file.', settings: processSettings },
  {
    name: 'listen',
    title: 'Native addresses of the REST APIs',
    intro:
      'Every API is served on the main address anyway; clients that cannot be told a port find it here. ' +
      'A key whose API this version does not serve yet stops the start.',
    settings: listenSettings,
  },
  {
    name: 'limits',
    title: 'Limits',
    intro: 'What a single operation of a client may ask for. Beyond a limit it is refused before it runs.',
    settings: limitSettings,
  },
];

/** The path of a key in its section. */
export const pathOf = (section: string, key: string): string => (section === '' ? key : `${section}.${key}`);

/** The whole schema: the router's own keys, and a section per domain. */
export function schemaOf(domains: readonly DomainSection[]): Schema {
  const sections = [
    ...processSections,
    ...domains.map(({ name, settings }) => ({
      name,
      title: `Domain ${name}`,
      intro: `Keys of the ${name} domain.`,
      settings,
    })),
  ];
  const keys = sections.flatMap(({ name, settings }) =>
    Object.entries(settings).map(([key, setting]): [string, Key] => {
      const path = pathOf(name, key);
      return [path, { path, setting }];
    }),
  );
  return { sections, keys: new Map(keys) };
}
