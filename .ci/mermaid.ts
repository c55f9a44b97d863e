/** Something that the check does not accept in a diagram. */
export interface DiagramFault {
  /** Of the document, from 1. */
  readonly line: number;
  readonly message: string;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** The faults of every Mermaid diagram of a document. */
export function diagramFaults(markdown: string): DiagramFault[] {
  return diagramsOf(markdown).flatMap((lines) => {
    const [head, ...rest] = lines;
    if (head === undefined) return [];
    const body = rest.filter(({ text }) => text !== '');
    if (/^flowchart (TB|TD|BT|LR|RL)$/.test(head.text)) return flowchartFaults(body);
    if (head.text === 'sequenceDiagram') return sequenceFaults(body);
    return [{ line: head.number, message: 'a diagram is a flowchart with its direction, or a sequenceDiagram' }];
  });
}

export function diagramsOf(markdown: string): (readonly Line[])[] {
  const found: Line[][] = [];
  let current: Line[] | undefined;
  for (const [at, text] of markdown.split('\n').entries()) {
    if (text.trim() === '```mermaid') {
      current = [];
      found.push(current);
    } else if (text.trim() === '```') current = undefined;
    else current?.push({ number: at + 1, text: text.trim() });
  }
  return found;
}

const LABEL = '"(?:[^"<>;#`]|<br/>)+"';
const ID = '[a-z][a-zA-Z0-9]*';
const SHAPE = String.raw`\[${LABEL}\]|\(\[${LABEL}\]\)|\{\{${LABEL}\}\}`;
const NODE = new RegExp(`^(${ID})(${SHAPE})?`);
const ARROW = new RegExp(`^ (-->|-\\.->|-- ${LABEL} -->|-\\. ${LABEL} \\.->) `);
const SUBGRAPH = new RegExp(`^subgraph (${ID})\\[${LABEL}\\]$`);
/** Words that Mermaid reads as its own where a node could stand. */
const RESERVED = new Set([
  'end',
  'graph',
  'subgraph',
  'style',
  'class',
  'click',
  'default',
  'direction',
  'call',
  'href',
]);

/**
 * A strict part of Mermaid's flowcharts: subgraphs with labels, nodes in three shapes, and chains
 * of four arrows. Every node has its label once, and every arrow ends at something that has one.
 */
function flowchartFaults(lines: readonly Line[]): DiagramFault[] {
  const faults: DiagramFault[] = [];
  const labelled = new Set<string>();
  const used: { readonly id: string; readonly line: number }[] = [];
  let depth = 0;
  const label = (id: string, line: number): void => {
    if (RESERVED.has(id)) faults.push({ line, message: `${id} is a word of Mermaid's own` });
    if (labelled.has(id)) faults.push({ line, message: `${id} has a label already` });
    labelled.add(id);
  };
  for (const { number, text } of lines) {
    const [, subgraph] = SUBGRAPH.exec(text) ?? [];
    if (subgraph !== undefined) {
      depth += 1;
      label(subgraph, number);
    } else if (text === 'end') {
      depth -= 1;
      if (depth < 0) faults.push({ line: number, message: 'there is no subgraph to end' });
    } else {
      const nodes = chainOf(text);
      if (nodes === undefined) faults.push({ line: number, message: `not understood: ${text}` });
      for (const { id, isLabelled } of nodes ?? []) {
        if (isLabelled) label(id, number);
        used.push({ id, line: number });
      }
    }
  }
  if (depth > 0) faults.push({ line: lines.at(-1)?.number ?? 0, message: 'a subgraph does not end' });
  const strange = used.filter(({ id }) => !labelled.has(id));
  return [...faults, ...strange.map(({ id, line }) => ({ line, message: `${id} has no label` }))];
}

/** The nodes of one line, or undefined where it is no chain of nodes and arrows. */
function chainOf(text: string): { readonly id: string; readonly isLabelled: boolean }[] | undefined {
  const nodes: { id: string; isLabelled: boolean }[] = [];
  for (let rest = text; ; ) {
    const [whole = '', id = '', shape] = NODE.exec(rest) ?? [];
    if (id === '') return undefined;
    nodes.push({ id, isLabelled: shape !== undefined });
    rest = rest.slice(whole.length);
    if (rest === '') return nodes;
    const [arrow = ''] = ARROW.exec(rest) ?? [];
    if (arrow === '') return undefined;
    rest = rest.slice(arrow.length);
  }
}

const TEXT = '[^;#]+';
const PARTICIPANT = new RegExp(`^participant ([A-Z]\\w*) as ${TEXT}$`);
const MESSAGE = new RegExp(`^([A-Z]\\w*)(?:->>|-->>)([A-Z]\\w*): ${TEXT}$`);
const BLOCK = new RegExp(`^(?:alt|opt|loop) ${TEXT}$`);
const ELSE = new RegExp(`^else ${TEXT}$`);

/**
 * A strict part of sequence diagrams: participants, two arrows, and the blocks alt, opt and loop.
 */
function sequenceFaults(lines: readonly Line[]): DiagramFault[] {
  const faults: DiagramFault[] = [];
  const participants = new Set<string>();
  const open: string[] = [];
  for (const { number: line, text } of lines) {
    const [, participant] = PARTICIPANT.exec(text) ?? [];
    const [, from, to] = MESSAGE.exec(text) ?? [];
    if (participant !== undefined) participants.add(participant);
    else if (from !== undefined && to !== undefined) {
      for (const id of [from, to].filter((one) => !participants.has(one)))
        faults.push({ line, message: `${id} is no participant` });
    } else if (BLOCK.test(text)) open.push(text.split(' ')[0] ?? '');
    else if (ELSE.test(text)) {
      if (open.at(-1) !== 'alt') faults.push({ line, message: 'else stands outside of alt' });
    } else if (text === 'end') {
      if (open.pop() === undefined) faults.push({ line, message: 'there is no block to end' });
    } else faults.push({ line, message: `not understood: ${text}` });
  }
  if (open.length > 0) faults.push({ line: lines.at(-1)?.number ?? 0, message: `${open.at(-1)} does not end` });
  return faults;
}
