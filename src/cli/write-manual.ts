import { writeFile } from 'node:fs/promises';
import { COMMANDS } from './commands/all.ts';
import { manual } from './manual.ts';

await writeFile(new URL('../../docs/cli.md', import.meta.url), manual(COMMANDS));
