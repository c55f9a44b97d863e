import { entity, number, string } from '../../src/platform/catalogue/entity.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { openSqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';

/** Writes rows one after the other until it is killed, and says how many were acknowledged. */
const thing = entity({
  name: 'thing',
  attributes: { id: string(), count: number() },
  primary: { partition: ['id'], sort: [] },
});
const catalogue = await openSqliteCatalogue(process.argv[2] ?? '');
for (let at = 0; ; at++) {
  await catalogue.transact([put(thing, { id: `n${at}`, count: at })]);
  process.send?.(at + 1);
}
