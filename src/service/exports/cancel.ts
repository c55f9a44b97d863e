import type { Caller } from '../calls/caller.ts';
import { findExport } from '../model/exports/find.ts';
import type { Service } from '../service.ts';
import { endExport } from './end.ts';

/** One that has ended stays as it ended: false then. A worker removes what there is of its file. */
export async function cancelImageExport(service: Service, caller: Caller, exportId: string): Promise<boolean> {
  const { accountId, id } = await findExport(service.catalogue, caller, exportId);
  const isCancelled = await endExport(service, { accountId, id }, 'CANCELLED');
  if (isCancelled) await service.queue.send([{ kind: 'export', accountId, id }]);
  return isCancelled;
}
