import { LOOPBACK } from '../ports.ts';
import type { WireItem } from './wire.ts';

/** The catalogue of an earlier version, through its engine. */
export interface OldTable {
  /** Every row, some at a time. */
  rows(): AsyncGenerator<readonly WireItem[]>;
  /** How many there are, counted by the engine. */
  count(): Promise<number>;
}

const TABLE = 'varve';

interface Page {
  readonly Items?: readonly WireItem[];
  readonly Count: number;
  readonly LastEvaluatedKey?: WireItem;
}

export function oldTableAt(port: number): OldTable {
  const scan = async function* (options: object): AsyncGenerator<Page> {
    let start: WireItem | undefined;
    do {
      const page: Page = await call(port, { TableName: TABLE, ...options, ...(start && { ExclusiveStartKey: start }) });
      yield page;
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  };
  return {
    rows: async function* () {
      for await (const { Items = [] } of scan({ ConsistentRead: true })) yield Items;
    },
    count: async () => {
      let count = 0;
      for await (const { Count } of scan({ ConsistentRead: true, Select: 'COUNT' })) count += Count;
      return count;
    },
  };
}

/** Both engines ask for a signature, and check none. */
const UNCHECKED =
  'AWS4-HMAC-SHA256 Credential=earlier/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

async function call(port: number, input: object): Promise<Page> {
  const answer = await fetch(`http://${LOOPBACK}:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.Scan',
      'x-amz-date': '20260101T000000Z',
      authorization: UNCHECKED,
    },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`the engine of the old catalogue answered ${answer.status}: ${text.slice(0, 200)}`);
  }
  return JSON.parse(text) as Page;
}
