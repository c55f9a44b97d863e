/** A rule of the engine, broken on purpose: each text must occur exactly once in its file. */
export interface Mutation {
  readonly rule: string;
  readonly broken: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

const one = (rule: string, broken: string, file: string, from: string, to: string): Mutation => ({
  rule,
  broken,
  edits: [{ file: `src/engine/${file}.ts`, from, to }],
});

export const MUTATIONS: readonly Mutation[] = [
  // I2: increments before a root becomes reachable, decrements after it stopped being so.
  one(
    'I2',
    'a worker drops while the writer still takes',
    'ledger-worker',
    "if (entry.phase === 'TAKING') return 'gone';",
    '',
  ),
  {
    rule: 'I2',
    broken: 'the head switches before the references are taken',
    edits: [
      {
        file: 'src/engine/commit-staged.ts',
        from: 'const taken = await takeAll(deps, opened, change, plan);',
        to: "if (!(await deps.catalogue.transact([head.patch])).ok) return 'again';\nconst taken = await takeAll(deps, opened, change, plan);",
      },
      { file: 'src/engine/commit-staged.ts', from: '      head.patch,\n', to: '' },
    ],
  },
  one(
    'I2',
    'a switch takes only what the head did not have anywhere',
    'plans',
    '=> (into !== base ? [into] : [])',
    '=> []',
  ),
  {
    rule: 'I2',
    broken: 'references change in a transaction before that of the head',
    edits: [
      {
        file: 'src/engine/commit.ts',
        from: 'const outcome = await deps.catalogue.transact([head.patch, ...count, ...refs.writes, ...fence, ...head.note]);',
        to: "if (!(await deps.catalogue.transact([...count, ...refs.writes, ...fence])).ok) return 'again';\nconst outcome = await deps.catalogue.transact([head.patch, ...head.note]);",
      },
    ],
  },
  // I3: every step exactly once.
  one(
    'I3',
    'no progress mark',
    'ledger-step',
    'set = { atBlock: place.lastBlock, atHeight: place.height, touchedAt: now }',
    'set = { touchedAt: now }',
  ),
  one(
    'I3',
    'the mark is written after the step, by itself',
    'ledger-step',
    'const outcome = await deps.catalogue.transact([mark, ...fence, ...writes]);',
    'const outcome = await deps.catalogue.transact([...fence, ...writes]);\nif (outcome.ok) await deps.catalogue.transact([mark]);',
  ),
  one(
    'I3',
    'a step does not ask whether another was faster',
    'ledger-step',
    '...dropped }, when: unmoved(entry) });',
    '...dropped }, when: [] });',
  ),
  one(
    'I3',
    'the last step may be done twice',
    'ledger-worker',
    'remove(entryEntity, entryKey(entry), unmoved(entry)),',
    'remove(entryEntity, entryKey(entry)),',
  ),
  one(
    'I3',
    'nobody undoes what a dead writer took',
    'ledger-worker',
    "if (entry.phase === 'TAKING' && (await abandon(deps, entry))) counts.undone++;",
    "if (entry.phase === 'TAKING') continue;",
  ),
  one(
    'I3',
    'undoing drops what was never taken',
    'ledger-worker',
    'batch.filter((ref) => !isAfter(cursorOf(ref), taken))',
    'batch',
  ),
  one(
    'I3',
    'undoing stops one step short',
    'ledger-worker',
    '!isAfter(cursorOf(ref), taken)',
    'isAfter(taken, cursorOf(ref))',
  ),
  one(
    'I3',
    'a writer switches although the janitor is undoing its work',
    'commit-staged',
    "remove: ['atBlock', 'atHeight'],\n    when: unmoved(entry),",
    "remove: ['atBlock', 'atHeight'],\n    when: [],",
  ),
  one(
    'I3',
    'forgotten entries are not woken',
    'ledger-worker',
    "await deps.queue.send([{ kind: 'entry', shard, id: entry.id }]);\n",
    '',
  ),
  one(
    'I3',
    'a node is taken out before its entry is there',
    'collapse',
    'const outcome = await deps.catalogue.transact([...removalWrites(deps, node, child), putEntry(entry)]);',
    'const outcome = await deps.catalogue.transact(removalWrites(deps, node, child));\nif (outcome.ok) await deps.catalogue.transact([putEntry(entry)]);',
  ),
  {
    rule: 'I3',
    broken: 'a disk is released before its entry is there',
    edits: [
      {
        file: 'src/engine/tree-heads.ts',
        from: 'remove(nodeEntity, nodeKey(head), unchanged(head)), putEntry(entry), gone];',
        to: 'remove(nodeEntity, nodeKey(head), unchanged(head)), gone];',
      },
      {
        file: 'src/engine/version-tree.ts',
        from: 'if (result.ok && entry !== undefined) await',
        to: 'if (result.ok && entry !== undefined) await deps.catalogue.transact([putEntry(entry)]);\nif (result.ok && entry !== undefined) await',
      },
    ],
  },
  one(
    'I3',
    'the janitor undoes a commit that has switched',
    'ledger-worker',
    "remove: ['atBlock', 'atHeight'],\n      when: unmoved(entry),",
    "remove: ['atBlock', 'atHeight'],\n      when: [],",
  ),
  // I4: deletion.
  one(
    'I4',
    'no tombstone',
    'reclaim',
    '{ set: { tombstonedAt: at }, when: when(row) }',
    '{ set: { storedBytes: row.storedBytes }, when: when(row) }',
  ),
  one(
    'I4',
    'a tombstone although there are references',
    'reclaim',
    "    equal('refs', 0),\n    equal('zeroAt', row.zeroAt ?? 0),\n    absent('tombstonedAt'),\n",
    '',
  ),
  one(
    'I4',
    'a tombstone is written again on a row that lives',
    'reclaim',
    "[equal('refs', 0), equal('tombstonedAt', row.tombstonedAt ?? 0)]);\n  await",
    '[]);\n  await',
  ),
  one(
    'I4',
    'grace time ignored',
    'reclaim',
    'Math.min(deps.clock.now() - times.graceMs, await oldestWork(deps));\n  for',
    'Math.min(deps.clock.now(), await oldestWork(deps));\n  for',
  ),
  one('I4', 'half the grace time', 'reclaim', 'graceMs: 24 * 3600_000,', 'graceMs: 12 * 3600_000,'),
  one('I4', 'work under way is not waited for', 'reclaim', '  return oldest;', '  return Number.POSITIVE_INFINITY;'),
  one('I4', 'the tombstone stands for too short a time', 'reclaim', 'holdMs: 120_000,', 'holdMs: 30_000,'),
  one(
    'I4',
    'a delete is sent however old its tombstone is',
    'reclaim',
    ' || deps.clock.now() - at > times.sendWithinMs) return;',
    ') return;',
  ),
  one(
    'I4',
    'rows are forgotten although they live again',
    'reclaim',
    "remove(objectEntity, { domainId: row.domainId, id: row.id }, [\n        equal('refs', 0),\n        equal('tombstonedAt', row.tombstonedAt ?? 0),\n      ]),",
    'remove(objectEntity, { domainId: row.domainId, id: row.id }),',
  ),
  one('I4', 'the fence is not raised', 'reclaim', '  await raiseFence(deps.catalogue, domain.domainId);\n', ''),
  one(
    'I4',
    'the fence is raised after the rows are forgotten',
    'reclaim',
    '  await raiseFence(deps.catalogue, domain.domainId);\n  return forgetRows(deps, domain, gone);',
    '  const told = await forgetRows(deps, domain, gone);\n  await raiseFence(deps.catalogue, domain.domainId);\n  return told;',
  ),
  one(
    'I4',
    'a commit in one transaction does not ask for the fence',
    'commit',
    'const fence = refs.makesRows ? [fenceStands(change.node.domainId, change.fence)] : [];',
    'const fence: Write[] = [];',
  ),
  one(
    'I4',
    'a commit in steps does not ask for the fence',
    'ledger-step',
    'step.sign === 1 && makesRows ?',
    'step.sign === 1 && makesRows && Number.isNaN(now) ?',
  ),
  {
    rule: 'I4',
    broken: 'references are taken on tombstoned objects',
    edits: [
      {
        file: 'src/engine/refs.ts',
        from: 'if (count > 0 && row?.tombstonedAt !== undefined) {',
        to: 'if (count > 1e9) {',
      },
      {
        file: 'src/engine/refs.ts',
        from: "[{ attribute: 'refs', is: '>', value: 0 }, absent('tombstonedAt')]",
        to: "[{ attribute: 'refs', is: '>', value: 0 }]",
      },
      {
        file: 'src/engine/refs.ts',
        from: "[equal('refs', 0), absent('tombstonedAt'), markAsSeen(row)]",
        to: "[equal('refs', 0)]",
      },
      {
        file: 'src/engine/commit.ts',
        from: 'if (tombstoned.length > 0) throw',
        to: 'if (tombstoned.length > 1e9) throw',
      },
    ],
  },
  one(
    'I4',
    'an object dies whatever its count is',
    'refs',
    "put(objectEntity, dead, [equal('refs', count), markAsSeen(row)])",
    "put(objectEntity, dead, 'any')",
  ),
  one(
    'I4',
    'a page that was dead before is not kept for the undoing',
    'secure-pages',
    '.filter(({ refs }) => refs === 0)',
    '.filter(({ refs }) => refs < 0)',
  ),
  one(
    'I4',
    'a tombstoned page is no reason to refuse',
    'secure-pages',
    'if (tombstoned.length > 0) return',
    'if (tombstoned.length > 1e9) return',
  ),
  one('I4', 'a commit plans with pages of the store', 'commit', 'withPages(pages, change.newPages),', 'pages,'),
  one('I4', 'orphans are never looked for', 'reclaimer', 'const resting = ', 'const resting = now > 0 || '),
  // I5: what a commit names exists.
  one(
    'I5',
    'a commit does not look whether its blocks are there',
    'commit',
    'if (missing.length > 0) {',
    'if (missing.length > 1e9) {',
  ),
  {
    rule: 'I5',
    broken: 'the fence is read after the blocks were looked for',
    edits: [
      {
        file: 'src/engine/commit.ts',
        from: '[fenceStands(change.node.domainId, change.fence)]',
        to: '[fenceStands(change.node.domainId, await readFence(deps.catalogue, change.node.domainId, change.node.id))]',
      },
    ],
  },
  one(
    '9.5',
    'a checksum that does not fit is ignored',
    'object-form',
    'if (blockIdOf(plain, keys?.idKey) !== id)',
    'if (Number.isNaN(plain.length))',
  ),
  one(
    '9.5',
    'any plain length is accepted',
    'object-form',
    '(plainBytes !== undefined && plain.length !== plainBytes)',
    'Number.isNaN(plainBytes)',
  ),
  // The tree.
  one(
    '9.1',
    'the head switches whatever it is by now',
    'commit',
    '{ set, when: unchanged(node) }',
    '{ set, when: [] }',
  ),
  one(
    '4.6',
    'a deleted snapshot with two children goes',
    'collapse',
    'if (children.length > 1) return undefined;',
    'if (children.length > 2) return undefined;',
  ),
  one('4.6', 'a node is taken out although its child has changed', 'collapse', 'when: unchanged(child),', 'when: [],'),
  one(
    '4.6',
    'a node whose last child goes stays',
    'tree-heads',
    'writes.push(remove(edgeEntity, edge(accountId, head.parentId, nodeId)));\n  return { writes, also, value: undefined, entry }',
    'return { writes, also, value: undefined, entry }',
  ),
  one('4.9', 'a head rolls back to a snapshot that is being deleted', 'tree-heads', '[stillVisible(target)]', '[]'),
  one('4.6', 'a preview counts what others still use', 'preview', 'row.refs !== count', 'row.refs < count'),
  one('4.9', 'a draft is hung below a snapshot that is being deleted', 'tree-drafts', ', stillVisible(parent)];', '];'),
  one('3.2', 'a clone is hung below a snapshot that is being deleted', 'tree-heads', ', stillVisible(origin)];', '];'),
  one('4.6', 'a preview forgets what goes with the last child', 'preview', '  parent?.children.delete(id);\n', ''),
  one(
    'I6',
    'what differs is a fault without a second look',
    'recount',
    'same.filter(({ id }) => !touched.has(id))',
    'same',
  ),
  one('I6', 'a scrub forgets drafts', 'account-nodes', ', ...drafts])];', '])];'),
  one(
    'I6',
    'a scrub forgets what has no manifest yet',
    'account-nodes',
    ', ...underWay, ...drafts])];',
    ', ...drafts])];',
  ),
  one('I6', 'a count is mended although it has changed', 'mend', "[equal('refs', row.refs), equal", '[equal'),
  one(
    '9.5',
    'the mark of damage goes with the last reference',
    'refs',
    'placeAmongDead(id, now), ...markOf(row) }',
    'placeAmongDead(id, now) }',
  ),
  one('9.5', 'a commit takes what is damaged for whole', 'commit', 'undefined), ...damaged];', 'undefined)];'),
  one(
    '4.1',
    'a disk below a new snapshot is never measured',
    'tree-heads',
    '    ...measureLater(deps, { ...head, ...moved }),\n',
    '',
  ),
  // 9.3: one writer at a time.
  one('9.3', 'a commit does not ask for the fence', 'commit', '  requireWriter(node, input.fence);\n', ''),
  one('9.3', 'a commit asks for the fence only at its beginning', 'nodes', '    writerAsSeen(node),\n', ''),
  one(
    '9.3',
    'a draft is committed whoever has the disk',
    'tree-drafts',
    'requireWriter(head, fence);\n  if (head.version !== draft.baseVersion)',
    'if (head.version !== draft.baseVersion)',
  ),
  one('9.3', 'a rollback leaves the writer its fence', 'tree-heads', ' ...withoutWriter(head),', ''),
  one(
    '9.3',
    'who takes the disk gets the fence of the one before',
    'writer',
    'return writerFence + 1;',
    'return writerFence || 1;',
  ),
];
