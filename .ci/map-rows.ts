/** One row of the map: a rule, where it is kept, by which commands, and what proves it. */
export interface MapRow {
  readonly line: number;
  readonly rule: string;
  readonly places: string;
  readonly commands: readonly string[];
  readonly tests: string;
}

/** Rows of tables whose first cell is the number of a rule. */
export function rowsOf(markdown: string): MapRow[] {
  return markdown.split('\n').flatMap((text, at) => {
    const cells = text.split('|').map((cell) => cell.trim());
    const [, rule = '', , places = '', said = '', tests = ''] = cells;
    if (!/^\d{1,2}\.\d{1,2}$/.test(rule)) return [];
    const commands = [...said.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
    return [{ line: at + 1, rule, places, commands, tests }];
  });
}

/** Commands are headings of the manual; their options stand below these headings. */
export function commandFaults(commands: readonly string[], manual: string): string[] {
  const sections = new Map(
    manual
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );
  const global = sections.get('Global options') ?? '';
  return commands.flatMap((command) => {
    const words = command.split(' ');
    const name = words.filter((word) => !word.startsWith('-')).join(' ');
    const section = sections.get(`varve ${name}`);
    if (section === undefined) return [`there is no command varve ${name}`];
    const strange = words.filter((word) => word.startsWith('-') && !`${section}${global}`.includes(`\`${word}`));
    return strange.map((option) => `varve ${name} has no option ${option}`);
  });
}
