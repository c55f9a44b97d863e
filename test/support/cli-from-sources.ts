import { main } from '../../src/cli/main.ts';

/** The CLI as it stands in the sources, so that tests can change some of them. */
process.exitCode = await main(process.argv.slice(2));
process.stdout.write('', () => process.exit());
