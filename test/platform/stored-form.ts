type Params = Record<string, unknown>;

interface Printed {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Params;
}

/** What ElectroDB, which wrote rows until decision 0023, noted in each row. Nobody reads it. */
const NOTES = ['__edb_e__', '__edb_v__'];

/** What is removed by a patch that changes nothing: no row has it. */
const NOTHING = 'none';

const SAID_ELSEWHERE = ['ExpressionAttributeNames', 'ExpressionAttributeValues', 'TableName'];

/**
 * A write or query without the freedom that DynamoDB's notation leaves: placeholders resolved,
 * assignments in alphabetical order, and one condition on the key where `pk` and `sk` both had one.
 */
export function canonical(params: Printed): string {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = params;
  const resolved = (text: unknown): string =>
    String(text)
      .replaceAll(/#\w+/g, (name) => names[name] ?? name)
      .replaceAll(/:\w+/g, (name) => JSON.stringify(values[name]));
  const told = Object.entries(params).map(([name, value]) => [name, tellOne(name, value, resolved)] as const);
  return told
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} ${value}`)
    .join(' | ');
}

function tellOne(name: string, value: unknown, resolved: (text: unknown) => string): string {
  if (SAID_ELSEWHERE.includes(name)) return '';
  if (name === 'Item') return sortedJson(value as Params);
  if (name === 'UpdateExpression') return clauses(value as string, resolved);
  if (name === 'ConditionExpression') return conditions(value as string, resolved);
  if (name === 'KeyConditionExpression') return conditions((value as string).replace(' and ', ' AND '), resolved);
  return JSON.stringify(value);
}

function sortedJson(item: Params): string {
  const own = Object.entries(item).filter(([name, value]) => value !== undefined && !NOTES.includes(name));
  return JSON.stringify(Object.fromEntries(own.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

function conditions(text: string, resolved: (text: unknown) => string): string {
  const all = text.split(' AND ').map(resolved);
  return all.filter((one) => !/^attribute_(not_)?exists\(sk\)$/.test(one)).join(' AND ');
}

function clauses(text: string, resolved: (text: unknown) => string): string {
  const told = text.split(/ (?=(?:SET|REMOVE|ADD) )/).map((clause) => {
    const [verb = '', ...rest] = clause.split(' ');
    const changes = rest.join(' ').split(', ').map(resolved);
    const own = changes.filter((change) => change !== NOTHING && !NOTES.some((note) => change.startsWith(note)));
    return own.length === 0 ? '' : `${verb} ${own.toSorted().join(', ')}`;
  });
  return told
    .filter((clause) => clause !== '')
    .toSorted()
    .join(' ');
}
