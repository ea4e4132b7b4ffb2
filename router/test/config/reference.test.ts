import { readFileSync } from 'node:fs';
import { defaultsOf } from '@pentagraph/kit/settings';
import { expect, it } from 'vitest';
import { flagOf, variableOf } from '../../src/config/names.ts';
import { configurationReference } from '../../src/config/reference.ts';
import { schemaOf } from '../../src/config/schema.ts';
import { limitSettings } from '../../src/config/settings.ts';
import { domains } from '../../src/domains.ts';
import { defaultLimits } from '../../src/graph/limits.ts';

const schema = schemaOf(domains);
const reference = configurationReference(schema);

it('docs/configuration.md is up to date; if not: node rest-compat/bin/pentagraph.js config --reference > docs/configuration.md', () => {
  expect(readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')).toBe(reference);
});

it('names every key with its flag, variable, meaning, allowed values, default and example', () => {
  for (const { path, setting } of schema.keys.values()) {
    const row = reference.split('\n').find((line) => line.startsWith(`| **\`${path}\`**`)) ?? '';
    const { description, kind, example } = setting;
    for (const part of [flagOf(path), variableOf(path), description, kind.allowed, example])
      expect(row).toContain(part.replaceAll('|', '\\|'));
  }
});

it('accepts the example of every key, those of domains too', () => {
  for (const { path, setting } of schema.keys.values()) expect(setting.kind.read(setting.example), path).toBeDefined();
});

it('gives every key a path, a flag and a variable of its own', () => {
  const paths = [...schema.keys.keys()];
  for (const nameOf of [(path: string) => path, flagOf, variableOf])
    expect(new Set(paths.map(nameOf)).size).toBe(
      schema.sections.flatMap(({ settings }) => Object.keys(settings)).length,
    );
});

it('has the limits of a graph that runs by itself as defaults', () => {
  expect(defaultsOf(limitSettings)).toEqual(defaultLimits);
});
