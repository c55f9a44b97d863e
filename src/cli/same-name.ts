import type { Collected } from '../client/service/pages.ts';
import type { Console } from './console.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

type List = (request: {
  readonly region: string | undefined;
  readonly filter: { readonly name: string };
  readonly limit: number;
}) => Promise<Collected<Named>>;

const MOST = 1000;
const SHOWN = 3;

/**
 * Names need not be unique, but a command that is given one has to know which object is meant.
 * Notes it if another object has the name of a new one.
 */
export async function noteSameName(
  { console, region }: { readonly console: Console; readonly region: string | undefined },
  kind: 'disk' | 'snapshot',
  { id, name }: Named,
  list: List,
): Promise<void> {
  if (console.quiet) return;
  const { nodes } = await list({ region, filter: { name }, limit: MOST });
  const others = nodes.filter((other) => other.id !== id).map((other) => other.id);
  if (others.length === 0) return;
  const some = `${others.slice(0, SHOWN).join(', ')}${others.length > SHOWN ? ', …' : ''}`;
  const are = others.length === 1 ? `Another ${kind} is` : `${others.length} other ${kind}s are`;
  console.note(`${are} named '${name}' too (${some}): name this one by its id, ${id}.`);
}
