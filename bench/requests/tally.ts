import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { RequestNote } from './request-note.ts';

/** What one operation asks of AWS's services, with the background work that it starts. */
export interface Tally {
  readonly apiCalls: number;
  readonly s3Writes: number;
  readonly s3Reads: number;
  readonly s3Deletes: number;
  readonly dynamoRequests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /**
   * Messages sent; receiving and deleting them, which AWS does for the function, are as many again
   * each.
   */
  readonly messages: number;
}

/** Requests since the file was last taken. */
export function takeTally(file: string): Tally {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  rmSync(file, { force: true });
  return tallyOf(lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RequestNote));
}

export function tallyOf(notes: readonly RequestNote[]): Tally {
  const of = (service: RequestNote['service'], ...operations: readonly string[]) =>
    notes.filter(
      (note) => note.service === service && (operations.length === 0 || operations.includes(note.operation)),
    );
  const units = (kind: 'readUnits' | 'writeUnits') => notes.reduce((sum, note) => sum + (note[kind] ?? 0), 0);
  return {
    apiCalls: of('api').length,
    s3Writes: of('s3', 'PUT', 'LIST').length, // a list is paid like a write
    s3Reads: of('s3', 'GET', 'HEAD').length,
    s3Deletes: of('s3', 'DELETE').length,
    dynamoRequests: of('dynamodb').length,
    readUnits: units('readUnits'),
    writeUnits: units('writeUnits'),
    messages: of('sqs', 'SendMessage', 'SendMessageBatch').length,
  };
}
