import { takeOver } from '../../src/local/earlier/take-over.ts';

/**
 * `take-over-child.ts FOLDER N`: takes a folder over, and kills itself when it has said N lines.
 * Says how many there were.
 */
const [path = '', last = ''] = process.argv.slice(2);
let lines = 0;
const tell = () => {
  lines += 1;
  if (lines === Number(last)) process.kill(process.pid, 'SIGKILL');
};
await takeOver({ path, catalogue: 'READ', tell });
process.stdout.write(`${lines}`);
