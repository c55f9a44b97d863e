import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GLOBAL_OPTIONS } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { manPages } from '../../src/cli/man.ts';
import { describeWith, runProgram } from '../support/programs.ts';
import { emptyFolder } from './installed.ts';

const PAGES = manPages(COMMANDS, { version: '1.2.3', date: new Date('2026-01-02T03:04:05Z') });
const folder = emptyFolder('man');
const files = PAGES.map(({ name }) => join(folder.path, 'man1', name));
beforeAll(() => {
  mkdirSync(join(folder.path, 'man1'));
  for (const [at, { text }] of PAGES.entries()) writeFileSync(files[at] ?? '', text);
});
afterAll(folder.remove);

describeWith(['mandoc'], 'mandoc', () => {
  it('finds nothing wrong in any page', async () => {
    expect(await runProgram('mandoc', '-Tlint', '-W', 'warning', ...files)).toMatchObject({ status: 0, stdout: '' });
  });
});

describeWith(['man'], 'man', () => {
  it('formats pages without a warning, with every option and command in them', async () => {
    const shown = async (name: string) => {
      const page = join(folder.path, 'man1', name);
      const { stdout, stderr } = await runProgram('man', '--warnings', '-E', 'UTF-8', '-P', 'cat', '-l', page);
      expect(stderr).toBe('');
      return stdout;
    };
    const main = await shown('varve.1');
    for (const { name } of GLOBAL_OPTIONS) expect(main).toContain(`--${name}`);
    for (const { path } of COMMANDS)
      expect(main.replaceAll('\u2010', '-')).toContain(`varve-${path.replaceAll(' ', '-')}(1)`);
    const page = await shown('varve-disk-import.1');
    for (const { name } of COMMANDS.find(({ path }) => path === 'disk import')?.options ?? [])
      expect(page).toContain(`--${name}`);
    expect(page).toContain('zstdcat disk.img.zst | varve disk import - --size 40G --name old');
  });
});
