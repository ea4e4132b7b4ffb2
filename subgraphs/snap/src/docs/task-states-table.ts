import { taskEvents, taskMachine, taskStates } from '../tasks/task-states.ts';

/** The lines between which the generated table stands in docs/snap.md. */
const BEGIN = '<!-- the table below is generated: npm run docs -->';
const END = '<!-- end of the generated table -->';

/** The life of a task as a Markdown table: states down, events across. */
export function taskStatesTable(): string {
  const header = ['State', ...taskEvents.map((event) => `\`${event}\``)];
  const rows = taskStates.map((state) => [
    `**${state}**`,
    ...taskEvents.map((event) => {
      const target = taskMachine.table[state][event];
      if (target === undefined) return '';
      return typeof target === 'string' ? target : `\`${target.code}\` ${target.message}`;
    }),
  ]);
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The page with the table as it is now. @throws Error when the page has no place for it */
export function withTaskStates(page: string): string {
  const [before, , after] = page.split(new RegExp(`${BEGIN}|${END}`));
  if (before === undefined || after === undefined) throw new Error(`The page lacks '${BEGIN}' or '${END}'.`);
  return `${before}${BEGIN}\n\n${taskStatesTable()}\n\n${END}${after}`;
}
