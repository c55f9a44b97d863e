import { parseArgs } from 'node:util';
import { freePort } from './ports.ts';
import { runLocal } from './run-local.ts';

/**
 * Makes the catalogue of a data folder anew from its objects: `varve rebuild --from-bucket`. Takes
 * the function's own options as JSON, and prints its answer as JSON.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.varve' },
    database: { type: 'string' },
    event: { type: 'string', default: '{}' },
    'without-keys': { type: 'boolean', default: false },
  },
});

/** Who started it is gone: so is it, so that the next one finds the folder free. */
if (process.channel) {
  process.on('disconnect', () => process.exit(1));
  process.channel.unref();
}

await runLocal(
  [
    '--data',
    values.data,
    '--port',
    String(await freePort()),
    ...(values.database === undefined ? [] : ['--database', values.database]),
    ...(values['without-keys'] ? ['--without-keys'] : []),
  ],
  async ({ local }) => {
    const event = JSON.parse(values.event) as object;
    for (;;) {
      const report = (await local.invoke('rebuild', event)) as { readonly finished: boolean };
      if (!report.finished) continue;
      local.folder.markRebuilt();
      process.stdout.write(`${JSON.stringify(report)}\n`);
      return 'end';
    }
  },
  { opening: 'rescue', silent: true },
);
