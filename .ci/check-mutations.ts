import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mutated } from '../test/mutations/apply.ts';
import { OF_DURABILITY } from '../test/mutations/durability.ts';
import { MUTATIONS } from '../test/mutations/list.ts';
import { AFTER_A_CUT, SHORT_TIMES } from '../test/power/short-times.ts';

/**
 * Every break still fits the code that it breaks, and docs/breaks.md has a line for each of
 * them, and for no other.
 */
const root = resolve(import.meta.dirname, '..');
const faults: string[] = [];
const all = [...MUTATIONS, ...OF_DURABILITY];
/** They break no rule. */
const SHORT = { rule: '', broken: 'times of the power cuts', edits: [...SHORT_TIMES, ...AFTER_A_CUT] };
for (const mutation of [...all, SHORT]) {
  try {
    for (const [file, text] of mutated(root, mutation))
      if (text === readFileSync(join(root, file), 'utf8')) faults.push(`"${mutation.broken}" changes nothing`);
  } catch (error) {
    faults.push((error as Error).message);
  }
}
const page = readFileSync(join(root, 'docs/breaks.md'), 'utf8');
/** `- **I4** what is broken. Test: engine/narrow.test.ts: its name`, wrapped with two spaces. */
const lines = page.replaceAll(/\n {2}(?=\S)/g, ' ');
const listed = [...lines.matchAll(/^- \*\*([I\d.]+)\*\* (.+?)\. Test: \w+\/[\w.-]+\.(?:test|power)\.ts: /gm)].map(
  ([, rule, broken]) => `${rule}: ${broken}`,
);
const names = all.map(({ rule, broken }) => `${rule}: ${broken}`);
for (const name of names) {
  if (listed.filter((line) => line === name).length !== 1) faults.push(`docs/breaks.md needs one line for "${name}"`);
}
for (const line of listed) if (!names.includes(line)) faults.push(`docs/breaks.md has "${line}", the list has not`);
for (const fault of faults) console.error(fault);
console.log(`${all.length} breaks checked`);
process.exitCode = faults.length === 0 ? 0 : 1;
