import { spawnSync } from 'node:child_process';

/** Two projects: what runs in Node, and the console, which runs in a browser and has its types. */
const failed = ['.', 'src/console'].filter(
  (project) => spawnSync('tsc', ['-p', project], { stdio: 'inherit' }).status !== 0,
);
process.exitCode = failed.length === 0 ? 0 : 1;
