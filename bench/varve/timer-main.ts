import { compose } from '../../src/composition.ts';
import { parseConfig } from '../../src/platform/config.ts';
import { fireTimer, makeDueDisks } from './due-disks.ts';
import { saveToTable } from './save-to-table.ts';

/**
 * `make ACCOUNT DISKS POLICIES`, and `fire ACCOUNT`, which prints how long it took. The workers are
 * those of an installation on emulated services.
 */
const LOOK_MS = 1000;

const config = parseConfig(process.env);
const { service } = compose(config);
const [what = '', accountId = '', disks = '', policies = ''] = process.argv.slice(2);

const done =
  what === 'make'
    ? await makeDueDisks(
        service,
        { accountId, disks: Number(disks), policies: Number(policies) },
        saveToTable(config.table),
      )
    : await fireTimer(service, accountId, LOOK_MS);
process.stdout.write(JSON.stringify(done) ?? 'null');
process.exit(); // connections that are kept open hold nobody up
