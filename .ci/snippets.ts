/** One command of a shell snippet: its words, without what sets variables or leads elsewhere. */
export interface SnippetCommand {
  readonly line: number;
  readonly words: readonly string[];
}

const SHELLS = new Set(['sh', 'bash', 'shell', 'console']);

/**
 * The commands of a Markdown text's shell snippets. Of `console` snippets only lines after a `$ `
 * are commands, the others are output. Understands comments, `\` at line ends, quotes, `&&`, `|`,
 * `;`, `&` and redirections: enough for a README.
 */
export function snippetCommands(markdown: string): SnippetCommand[] {
  const commands: SnippetCommand[] = [];
  let shell: string | undefined;
  let pending = '';
  for (const [at, text] of markdown.split('\n').entries()) {
    const fence = /^\s*```\s*(\w*)/.exec(text);
    if (fence) {
      shell = shell === undefined && SHELLS.has(fence[1] ?? '') ? fence[1] : undefined;
      continue;
    }
    if (shell === undefined) continue;
    const typed = shell === 'console' && pending === '' ? (/^\s*\$ (.*)/.exec(text)?.[1] ?? '') : text;
    if (typed.endsWith('\\')) {
      pending += `${typed.slice(0, -1)} `;
      continue;
    }
    commands.push(...split(pending + typed).map((words) => ({ line: at + 1, words })));
    pending = '';
  }
  return commands;
}

function split(line: string): string[][] {
  const tokens = line.match(/"(?:\\.|[^"])*"|'[^']*'|&&|\|\||\d?>>?&?|[|;&<]|(?:^|\s)#.*$|[^\s"'|;&<>]+/g) ?? [];
  const commands: string[][] = [[]];
  let skipTarget = false;
  for (const token of tokens) {
    if (/^\s*#/.test(token)) break;
    if (/^(&&|\|\||[|;&])$/.test(token)) commands.push([]);
    else if (/^(\d?>>?&?|<)$/.test(token)) skipTarget = true;
    else if (skipTarget) skipTarget = false;
    else commands.at(-1)?.push(token.replace(/^(['"])(.*)\1$/, '$2'));
  }
  return commands.map(withoutVariables).filter((words) => words.length > 0);
}

function withoutVariables(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  return first < 0 ? [] : words.slice(first);
}
