/** One request to a service, as AWS would count it. */
export interface RequestNote {
  readonly service: 's3' | 'dynamodb' | 'sqs' | 'api';
  readonly operation: string;
  /** DynamoDB's request units. */
  readonly readUnits?: number;
  readonly writeUnits?: number;
}

const SIGNED_URL = /[?&]X-Amz-Signature=/;
const READS = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly authorization: string;
}

/** Undefined for what is no request to one of the services. */
export function noteOf(request: SentRequest): RequestNote | undefined {
  const [api, operation] = request.target.split('.');
  if (operation !== undefined && api?.startsWith('DynamoDB_')) return { service: 'dynamodb', operation };
  if (operation !== undefined && api === 'AmazonSQS') return { service: 'sqs', operation };
  if (request.path.startsWith('/graphql')) return { service: 'api', operation: 'call' };
  if (!request.authorization.includes('/s3/aws4_request') && !SIGNED_URL.test(request.path)) return undefined;
  if (/[?&]delete\b/.test(request.path)) return { service: 's3', operation: 'DELETE' };
  const ofObject = /^\/[^/?]+\/[^?]/.test(request.path);
  return { service: 's3', operation: ofObject ? request.method : 'LIST' };
}

interface Consumed {
  readonly CapacityUnits?: number;
}

/**
 * From the answer of DynamoDB. A request that it refused consumes at least one unit, which is not
 * told.
 */
export function unitsOf(note: RequestNote, body: string): Partial<RequestNote> {
  const { ConsumedCapacity } = JSON.parse(body || '{}') as { ConsumedCapacity?: Consumed | readonly Consumed[] };
  const all = [ConsumedCapacity ?? []].flat();
  const units = all.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  const reads = READS.has(note.operation);
  if (all.length === 0) return reads ? { readUnits: 1 } : { writeUnits: 1 };
  return reads ? { readUnits: units } : { writeUnits: units };
}
