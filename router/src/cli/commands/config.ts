import { sourceText } from '../../config/problem.ts';
import { configurationReference } from '../../config/reference.ts';
import { pathOf, type Section } from '../../config/schema.ts';
import { defaultText, valueText } from '../../config/value-text.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { Invocation } from '../command.ts';

/** `pentagraph config`: the configuration in effect, as a file that says where each value comes from. */
export async function config(invocation: Invocation): Promise<number> {
  const { options, schema, terminal } = invocation;
  const text = options.reference?.length
    ? configurationReference(schema)
    : `${schema.sections.map((section) => sectionText(section, invocation)).join('\n')}\n`;
  await terminal.print(text);
  return exitCodes.stopped;
}

function sectionText({ name, settings }: Section, { values, sources }: Invocation): string {
  const indent = name === '' ? '' : '  ';
  const lines = Object.entries(settings).map(([key, setting]) => {
    const path = pathOf(name, key);
    const value = values.get(path);
    const source = sources.get(path);
    return value === undefined || !source
      ? `${indent}# ${key}: ${defaultText(setting)}`
      : `${indent}${key}: ${valueText(value)} # ${sourceText(source)}`;
  });
  return [...(name === '' ? [] : [`${name}:`]), ...lines].join('\n');
}
