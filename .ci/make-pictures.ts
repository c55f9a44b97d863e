import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellsOf } from './pictures/cells.ts';
import { BEFORE, ROWS, SCENES } from './pictures/scenes.ts';
import { openStage } from './pictures/stage.ts';
import { createSteady } from './pictures/steady.ts';
import { svgOf } from './pictures/svg.ts';

/**
 * `npm run docs:pictures`: runs commands in terminals against a server of their own, and writes
 * what these show into docs/pictures. Needs `script` of util-linux. The CLI has to be built.
 */
const FOLDER = 'docs/pictures';
const PROMPT = '\u001b[2m$\u001b[0m ';

mkdirSync(FOLDER, { recursive: true });
const stage = await openStage();
try {
  for (const line of BEFORE) await stage.run(line);
  const steady = createSteady(stage.texts);
  for (const { name, columns, lines, answer } of SCENES) {
    const parts: string[] = [];
    for (const line of lines) {
      const shown = await stage.show(line, { columns, answer });
      parts.push(`${PROMPT}\u001b[1m${line}\u001b[0m\r\n${steady(shown)}`);
    }
    const cells = await cellsOf(parts.join('\r\n'), { columns, rows: ROWS });
    writeFileSync(join(FOLDER, `${name}.svg`), svgOf(cells, { title: lines.join(', '), columns }));
  }
} finally {
  await stage.close();
}
const wanted = new Set(SCENES.map(({ name }) => `${name}.svg`));
for (const name of readdirSync(FOLDER)) if (!wanted.has(name)) rmSync(join(FOLDER, name));
console.log(`${SCENES.length} pictures are in ${FOLDER}.`);
