import type { Setting } from '@pentagraph/kit/settings';
import { flagOf, variableOf } from './names.ts';
import { pathOf, type Schema, type Section } from './schema.ts';
import { defaultText } from './value-text.ts';

const markdownDefault = (setting: Setting<unknown>): string =>
  setting.default === undefined ? `unset: ${defaultText(setting)}` : `\`${defaultText(setting)}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function sectionReference({ name, title, intro, settings }: Section): string {
  const rows = Object.entries(settings).map(([key, setting]) => {
    const path = pathOf(name, key);
    const cells = [
      `**\`${path}\`**<br>\`${flagOf(path)}\`<br>\`${variableOf(path)}\``,
      setting.description,
      setting.kind.allowed,
      markdownDefault(setting),
      `\`${setting.example}\``,
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const table = ['| Key, flag, variable | Meaning | Allowed | Default | Example |', '|---|---|---|---|---|', ...rows];
  return [`## ${title}`, intro, table.join('\n')].join('\n\n');
}

const intro = `# Configuration

<!-- Generated from router/src/config and the domains' settings by \`pentagraph config --reference\`; do not edit. -->

Nothing has to be configured. What is given comes from four places; an earlier one wins over a later one:

1. **flags**: \`pentagraph serve --port 4001 --listen.snap 127.0.0.1:8181\`
2. **environment**: \`PENTAGRAPH_PORT=4001\`, one variable per key; an empty variable counts as unset
3. **file**: \`pentagraph.yaml\` in the working directory, or the file named by \`--config\` or \`PENTAGRAPH_CONFIG\`
4. the default

\`\`\`yaml
# pentagraph.yaml
port: 4001
dataDir: /var/lib/pentagraph
listen:
  snap: 127.0.0.1:8181
\`\`\`

A value that is not allowed, an unknown key, flag or \`PENTAGRAPH_\` variable stops the start with exit code 2. All problems
are named at once, each with the place it comes from (in a file: the line) and what is allowed. Variables that begin with
\`PENTAGRAPH_TEST_\` belong to the project's tests and are not read.`;

/** The text of docs/configuration.md. */
export const configurationReference = (schema: Schema): string =>
  `${[intro, ...schema.sections.map(sectionReference)].join('\n\n')}\n`;
