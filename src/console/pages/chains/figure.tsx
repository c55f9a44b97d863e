import { ChainBlocksDocument } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import { useWords } from '../../i18n/words.ts';
import { cx } from '../../ui/cx.ts';
import { ErrorNote, Waiting } from '../../ui/notes.tsx';
import type { Chain } from './chain.tsx';
import s from './figure.module.css';
import { words } from './words.ts';

const BLOCK_BYTES = 512 * 1024;
const MOST_BLOCKS = 1_024;
/** Each row is a request. */
const MOST_ROWS = 12;

export function isSmall(chain: Chain): boolean {
  return blocksOf(chain) <= MOST_BLOCKS && chain.nodes.nodes.length > 0;
}

function blocksOf({ disk, nodes }: Chain): number {
  const sizes = nodes.nodes.map(({ snapshot }) => snapshot.sourceDisk.sizeBytes);
  return Math.ceil(Math.max(disk?.sizeBytes ?? 0, ...sizes) / BLOCK_BYTES);
}

/** A block's place and how often it had changed until then: `A`, `B1`, `C2`. */
interface Place {
  readonly id: string;
  readonly version: number;
}

interface Source {
  readonly id: string;
  readonly name: string;
}

/** The guide's figure: which snapshot holds which version of which block. Its newest rows. */
export function Figure({ chain }: { readonly chain: Chain }) {
  const say = useWords(words);
  const snapshots = chain.nodes.nodes
    .filter(({ snapshot }) => snapshot.status === 'ACCOMPLISHED')
    .map(({ snapshot }): Source => snapshot);
  const present = chain.disk === null ? [] : [{ id: chain.disk.id, name: say('present') }];
  const sources = [...snapshots, ...present].slice(-MOST_ROWS);
  const blocks = blocksOf(chain);
  return (
    <>
      <p className={s.summary}>
        {say('figureSummary')} {say('figureMarks')} {say('figureFills')}
      </p>
      <div className={s.scroll}>
        <table className={s.figure} aria-label={say('asFigure')}>
          <thead>
            <tr>
              <th scope="col">{say('name')}</th>
              {Array.from({ length: blocks }, (_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: it is the place
                <th key={at} scope="col" aria-label={say('block', { at })}>
                  {letters(at)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Rows sources={sources} blocks={blocks} before={new Map()} known={new Map()} />
          </tbody>
        </table>
      </div>
    </>
  );
}

interface RowsProps {
  readonly sources: readonly Source[];
  readonly blocks: number;
  /** The row before, and the latest version of each place so far. */
  readonly before: ReadonlyMap<number, Place>;
  readonly known: ReadonlyMap<number, Place>;
}

/** One row, and those that follow it: what is new in a row follows from the one before. */
function Rows({ sources: [source, ...rest], blocks, before, known }: RowsProps) {
  const asked = useAsk(
    ChainBlocksDocument,
    { input: { source: source?.id ?? '', limit: MOST_BLOCKS, urls: false } },
    { live: false, enabled: source !== undefined },
  );
  if (source === undefined) return null;
  if (asked.error !== null || asked.data === undefined) {
    return (
      <tr>
        <th scope="row">{source.name}</th>
        <td colSpan={blocks}>{asked.error === null ? <Waiting lines={1} /> : <ErrorNote error={asked.error} />}</td>
      </tr>
    );
  }
  const here = new Map(asked.data.blockMap.blocks.map(({ index, id }) => [index, placeOf(id, known.get(index))]));
  return (
    <>
      <tr>
        <th scope="row">{source.name}</th>
        {Array.from({ length: blocks }, (_, at) => {
          const place = here.get(at);
          const isOwn = place !== undefined && before.get(at)?.id !== place.id;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: it is the place
            <td key={at} className={cx(place !== undefined && (isOwn ? s.own : s.inherited))}>
              {place !== undefined && `${letters(at)}${place.version}`}
            </td>
          );
        })}
      </tr>
      <Rows sources={rest} blocks={blocks} before={here} known={new Map([...known, ...here])} />
    </>
  );
}

function placeOf(id: string, before: Place | undefined): Place {
  if (before === undefined) return { id, version: 1 };
  return before.id === id ? before : { id, version: before.version + 1 };
}

/** `A` to `Z`, then `AA`. */
function letters(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest === 0 ? '' : letters(rest - 1)) + String.fromCharCode(65 + (at % 26));
}
