/** What a step does: shown as one would type it, then done. */
export type Act =
  /** A command of `varve`. */
  | { readonly kind: 'varve'; readonly words: string }
  /** `check` is left out for an image that has no judge. */
  | { readonly kind: 'make' | 'change' | 'check'; readonly file: string }
  /** Two files are the same, bit for bit. */
  | { readonly kind: 'same'; readonly file: string; readonly as: string }
  /** Notes what the preview of a deletion promises to free. */
  | { readonly kind: 'promise'; readonly snapshot: string }
  /** Exactly that is freed. */
  | { readonly kind: 'kept' };

export interface Step {
  readonly title: string;
  /** One or two plain sentences, a line each. */
  readonly why: readonly string[];
  readonly acts: readonly Act[];
}

const varve = (words: string): Act => ({ kind: 'varve', words });

/** The tour from its first to its last step. Its files lie in the folder where the commands run. */
export const STEPS: readonly Step[] = [
  {
    title: 'A service of its own',
    why: [
      'The tour runs a Varve server in a folder of its own. Your disks and profiles',
      'are not touched. Snapshots are switched on once for each region.',
    ],
    acts: [varve('service open --accept-terms --quiet'), varve('status')],
  },
  {
    title: 'An image, as a backup or a machine would give it',
    why: ['Varve keeps disks block by block, so it takes any file system.'],
    acts: [{ kind: 'make', file: 'monday.img' }],
  },
  {
    title: 'Write it to a disk',
    why: ['An import makes a disk of it. Holes and zeros are neither sent nor stored.'],
    acts: [varve('disk import monday.img --name photos'), varve('disk list')],
  },
  {
    title: 'Take a snapshot',
    why: ['It keeps the contents of this instant, in the same short time for any size.'],
    acts: [varve('snapshot create photos --name monday')],
  },
  {
    title: 'Time passes: the files change',
    why: ['A sync compares, and sends only the blocks that differ.'],
    acts: [{ kind: 'change', file: 'tuesday.img' }, varve('disk sync photos tuesday.img')],
  },
  {
    title: 'Take another snapshot, and see what has changed',
    why: ['The second one is incremental: it stores only what the first one does not have.'],
    acts: [varve('snapshot create photos --name tuesday'), varve('snapshot diff monday tuesday')],
  },
  {
    title: 'The chain, and what its snapshots share',
    why: ['OWN is what a snapshot alone adds. SHARED is stored once, with the one before.'],
    acts: [varve('chain show photos')],
  },
  {
    title: 'A second disk from a snapshot',
    why: ['Nothing is copied, so it is there at once. What is stored stays the same.'],
    acts: [varve('disk create photos-test --snapshot monday'), varve('usage')],
  },
  {
    title: 'Roll back to Monday, and prove it',
    why: [
      'First look at what would be lost: nothing, as a snapshot holds it. The export',
      'checks each block, and what comes out is compared with the first image.',
    ],
    acts: [
      varve('snapshot rollback monday --dry-run'),
      varve('snapshot rollback monday'),
      varve('disk export photos back.img'),
      { kind: 'same', file: 'back.img', as: 'monday.img' },
      { kind: 'check', file: 'back.img' },
    ],
  },
  {
    title: 'Restore Tuesday: a rollback loses no snapshot',
    why: ['A later snapshot stays, and comes out as a file or a disk whenever you like.'],
    acts: [
      varve('snapshot export tuesday restored.img'),
      { kind: 'same', file: 'restored.img', as: 'tuesday.img' },
      { kind: 'check', file: 'restored.img' },
    ],
  },
  {
    title: 'Snapshots by themselves: a policy',
    why: [
      'A policy takes snapshots at the hours that you name, and lets each go after its',
      'days. It begins with a disk when a machine uses it.',
    ],
    acts: [
      varve('policy create nightly --hours 2 --retention 7'),
      varve('instance create web --system-size 1G --data-disk logs:1G --policy nightly'),
      varve('policy show nightly'),
    ],
  },
  {
    title: 'What would a deletion free?',
    why: ['A preview says it to the byte, and changes nothing. Then the deletion is done.'],
    acts: [
      { kind: 'promise', snapshot: 'tuesday' },
      varve('snapshot delete tuesday --preview'),
      varve('snapshot delete tuesday'),
    ],
  },
  {
    title: 'The recycle bin: bring it back',
    why: ['What you delete can be brought back for a day, or as long as you say.'],
    acts: [
      varve('trash list'),
      varve('trash restore tuesday'),
      varve('snapshot export tuesday back-again.img'),
      { kind: 'same', file: 'back-again.img', as: 'tuesday.img' },
    ],
  },
  {
    title: 'Let it go, and see that the preview was exact',
    why: ['A purge ends its time in the bin. What only it had goes, and Monday stays whole.'],
    acts: [
      varve('snapshot delete tuesday'),
      varve('trash purge tuesday'),
      { kind: 'kept' },
      varve('snapshot verify monday'),
    ],
  },
];
