import { check, patch, remove, type Write } from '../../platform/catalogue/port.ts';
import type { Root } from '../blocks/block.ts';
import { entryKey, measureEntry, newEntry, putEntry, unmoved } from '../books/entries.ts';
import { newBlocksWrites } from '../books/new-blocks.ts';
import { nodeKey, unchanged } from '../books/nodes.ts';
import { type EntryRow, entryEntity, nodeEntity } from '../books/rows.ts';
import type { CommitResult } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { applyStep, steps, tombstonedError } from '../ledger/ledger-step.ts';
import { abandon } from '../ledger/ledger-worker.ts';
import type { HeadWrites, Switch } from './commit.ts';
import type { CommitPlan } from './commit-plan.ts';
import { securePages } from './secure-pages.ts';

/**
 * The switch of a head whose references do not fit one transaction. An entry is opened, and
 * references are taken step by step. Then the head and the entry's phase change together, and the
 * worker drops what only the old root had. A writer that dies on the way leaves an entry in TAKING,
 * which the janitor undoes:
 *
 *     writer:  take … take … (dies)          or  take … take … (sleeps)          … switch → refused
 *     janitor:                TAKING → UNDOING                  TAKING → UNDOING
 */
export async function stagedSwitch(
  deps: EngineDeps,
  change: Switch,
  plan: CommitPlan,
  head: HeadWrites,
): Promise<CommitResult | 'again'> {
  const { node, next } = change;
  const { accountId, domainId, regionId } = node;
  const roots = { out: node.root as Root, in: next, base: node.parentRoot as Root };
  const opened = newEntry(deps, {
    accountId,
    domainId,
    regionId,
    kind: 'SWITCH',
    phase: 'TAKING',
    nodeId: node.id,
    roots,
  });
  // The roots are alive when the entry begins, so what it may have to walk outlasts it.
  const stands = check(nodeEntity, nodeKey(node), unchanged(node));
  const unread = newBlocksWrites(deps, node, change.unread);
  if (!(await deps.catalogue.transact([putEntry(opened), stands, ...unread])).ok) return 'again';
  const secured = await securePages(deps, opened, change);
  if (!secured.ok) {
    await giveUp(deps, opened);
    if (secured.tombstoned.length > 0) throw tombstonedError(secured.tombstoned);
    return 'again';
  }
  const taken = await takeAll(deps, opened, change, plan);
  if (taken !== undefined) {
    const measure = plan.changed === undefined ? [measureEntry(deps, node)] : [];
    const outcome = await deps.catalogue.transact([
      head.patch,
      toDropping(deps, taken),
      ...measure.map(putEntry),
      ...head.note,
    ]);
    if (outcome.ok) {
      await deps.queue.send([taken, ...measure].map((entry) => ({ kind: 'entry', ...entryKey(entry) })));
      return { version: node.version + 1, root: next };
    }
    await giveUp(deps, taken);
  }
  return 'again';
}

/**
 * The entry after all references are taken; undefined when the janitor has taken it over, or
 * reclaim has been at work.
 */
async function takeAll(
  deps: EngineDeps,
  opened: EntryRow,
  change: Switch,
  plan: CommitPlan,
): Promise<EntryRow | undefined> {
  let entry = opened;
  try {
    for await (const step of steps(once(plan.takes), deps.limits.stepObjects)) {
      const outcome = await applyStep(deps, entry, step, { sign: 1, ...change });
      if (outcome.kind === 'moved') return undefined;
      if (outcome.kind === 'stale') {
        await giveUp(deps, entry);
        return undefined;
      }
      entry = outcome.entry;
    }
    return entry;
  } catch (error) {
    await giveUp(deps, entry);
    throw error;
  }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

function toDropping(deps: EngineDeps, entry: EntryRow): Write {
  return patch(entryEntity, entryKey(entry), {
    set: { phase: 'DROPPING', touchedAt: deps.clock.now() },
    remove: ['atBlock', 'atHeight'],
    when: unmoved(entry),
  });
}

async function giveUp(deps: EngineDeps, entry: EntryRow): Promise<void> {
  if (entry.atBlock === undefined) {
    await deps.catalogue.transact([remove(entryEntity, entryKey(entry), unmoved(entry))]);
  } else if (await abandon(deps, entry)) {
    await deps.queue.send([{ kind: 'entry', ...entryKey(entry) }]);
  }
}
