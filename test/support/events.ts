import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { rowsOf } from '../../src/platform/catalogue/rows-of.ts';
import { shards } from '../../src/platform/sweep.ts';
import { placeEvents } from '../../src/service/events/place.ts';
import { eventBody } from '../../src/service/model/events/body.ts';
import { EVENT_LANES, type EventRow, eventEntity } from '../../src/service/model/events/rows.ts';
import type { Service } from '../../src/service/service.ts';
import type { TestAccount, Told } from './api.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** As a worker does it that is woken for each lane. */
export async function placeAll(service: Service): Promise<void> {
  for (const lane of shards(EVENT_LANES)) await placeEvents(service, { lane }, FOREVER);
}

/** Of an account, in their order; each is held against its schema. */
export async function eventsOf(service: Service, { id: accountId }: Pick<TestAccount, 'id'>): Promise<EventRow[]> {
  await placeAll(service);
  const rows: EventRow[] = [];
  for await (const row of rowsOf(service.catalogue, eventEntity, { partition: { accountId }, pageSize: 100 }))
    rows.push(row);
  for (const row of rows) requireValid(row);
  return rows;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const FOLDER = resolve(import.meta.dirname, '../../schema/events');
const SCHEMAS: ReadonlyMap<string, Schema> = new Map(
  readdirSync(FOLDER).map((name) => [
    basename(name, '.json'),
    JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as Schema,
  ]),
);

export function requireValid(row: EventRow): void {
  const schema = SCHEMAS.get(row.type);
  const faults = schema === undefined ? [`no schema of ${row.type}`] : faultsOf(schema, JSON.parse(eventBody(row)));
  if (faults.length > 0) throw new Error(`${row.type}: ${faults.join(', ')}`);
}

/**
 * By the parts of JSON Schema that the schemas use. A field that is not described is a fault, too.
 */
export function faultsOf(schema: Schema, value: unknown, at = ''): string[] {
  const faults: string[] = [];
  const { type, required = [], properties } = schema;
  if (type !== undefined && ![type].flat().some((one) => isOf(one, value))) return [`${at} is no ${type}`];
  if (schema.const !== undefined && value !== schema.const) faults.push(`${at} is not ${JSON.stringify(schema.const)}`);
  if (typeof value === 'string') {
    if (schema.format === 'date-time' && new Date(value).toISOString() !== value) faults.push(`${at} is no instant`);
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) faults.push(`${at} has another form`);
  }
  if (properties === undefined) return faults;
  const fields = value as Told;
  faults.push(...required.filter((name) => fields[name] == null && !mayBeNull(properties[name])).map((n) => `no ${n}`));
  for (const [name, part] of Object.entries(fields)) {
    const known = properties[name];
    faults.push(...(known === undefined ? [`${at}.${name} is not described`] : faultsOf(known, part, `${at}.${name}`)));
  }
  return faults;
}

const mayBeNull = (schema: Schema | undefined): boolean => [schema?.type].flat().includes('null');

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null;
  return typeof value === type;
}
