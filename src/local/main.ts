import { runLocal } from './run-local.ts';

await runLocal(process.argv.slice(2));
