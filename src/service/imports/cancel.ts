import type { Caller } from '../calls/caller.ts';
import { findImport } from '../model/imports/find.ts';
import type { Service } from '../service.ts';
import { endImport } from './end.ts';

/** One that has ended stays as it ended: false then. Its draft goes with the same transaction. */
export async function cancelImageImport(service: Service, caller: Caller, importId: string): Promise<boolean> {
  return endImport(service, await findImport(service.catalogue, caller, importId), 'CANCELLED');
}
