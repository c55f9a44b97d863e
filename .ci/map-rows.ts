/** One rule of the map: where it is kept, by which commands, and what proves it. */
export interface MapRow {
  readonly line: number;
  readonly rule: string;
  readonly places: string;
  readonly commands: readonly string[];
  readonly tests: string;
  /** Labels that no rule has. */
  readonly strange: readonly string[];
}

const ITEM = /^- \*\*(\d{1,2}\.\d{1,2})\*\*.*\n((?: {2}.*\n)*)/gm;
const LABELLED = /^ {2}- (\w+): (.*(?:\n {4}.*)*)/gm;

/** Items of lists that begin with the number of a rule, with the labelled items below each. */
export function rowsOf(markdown: string): MapRow[] {
  return [...markdown.matchAll(ITEM)].map(({ index, 1: rule = '', 2: below = '' }) => {
    const { where = '', commands = '', test = '', ...others } = labelledOf(below);
    return {
      line: markdown.slice(0, index).split('\n').length,
      rule,
      places: where,
      commands: [...commands.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command),
      tests: test,
      strange: Object.keys(others),
    };
  });
}

function labelledOf(items: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...items.matchAll(LABELLED)].map(([, label = '', text]) => [label, text ?? '']));
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
    const options = new Set([...`${section}${global}`.matchAll(/`(-[\w-]+)/g)].map(([, option]) => option));
    return words
      .filter((word) => word.startsWith('-') && !options.has(word))
      .map((option) => `varve ${name} has no option ${option}`);
  });
}
