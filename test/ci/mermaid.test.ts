import { expect, test } from 'vitest';
import { diagramFaults, diagramsOf } from '../../.ci/mermaid.ts';

const inDocument = (...lines: readonly string[]) => ['# A', '```mermaid', ...lines, '```', 'text'].join('\n');
const faultsOf = (...lines: readonly string[]) =>
  diagramFaults(inDocument(...lines)).map(({ line, message }) => `${line}: ${message}`);

test('the diagrams of a document, with their lines', () => {
  const [first, second] = diagramsOf(`${inDocument('a', ' b')}\n${inDocument('c')}`);
  expect(first).toEqual([
    { number: 3, text: 'a' },
    { number: 4, text: 'b' },
  ]);
  expect(second?.map(({ text }) => text)).toEqual(['c']);
  expect(diagramFaults('no diagram\n```sh\nls\n```')).toEqual([]);
});

test('a flowchart of subgraphs, shapes and arrows is accepted', () => {
  const faults = faultsOf(
    'flowchart LR',
    'subgraph one["The first"]',
    '  a["A<br/>src/a"] --> b(["B"]) -.-> c{{"C"}}',
    'end',
    '',
    'one -- "calls" --> d["D"]',
    'a -. "bytes" .-> d',
  );
  expect(faults).toEqual([]);
});

test.each([
  ['a kind of its own', ['pie'], '3: a diagram is a flowchart with its direction, or a sequenceDiagram'],
  ['no direction', ['flowchart'], '3: a diagram is a flowchart with its direction, or a sequenceDiagram'],
  ['a node without a label', ['flowchart TB', 'a["A"] --> b'], '4: b has no label'],
  ['two labels of one node', ['flowchart TB', 'a["A"]', 'a["B"]'], '5: a has a label already'],
  ['an arrow to nothing', ['flowchart TB', 'a["A"] -->'], '4: not understood: a["A"] -->'],
  ['a label without quotes', ['flowchart TB', 'a[A]'], '4: not understood: a[A]'],
  ['a semicolon in a label', ['flowchart TB', 'a["A;"]'], '4: not understood: a["A;"]'],
  ['a word of Mermaid', ['flowchart TB', 'click["A"]'], "4: click is a word of Mermaid's own"],
  ['a subgraph without end', ['flowchart TB', 'subgraph s["S"]', 'a["A"]'], '5: a subgraph does not end'],
  ['an end too many', ['flowchart TB', 'a["A"]', 'end'], '5: there is no subgraph to end'],
])('a flowchart is refused for %s', (_, lines, fault) => {
  expect(faultsOf(...lines)).toEqual([fault]);
});

test('a sequence of messages and blocks is accepted', () => {
  const faults = faultsOf(
    'sequenceDiagram',
    'participant A as Client',
    'participant B as Service',
    'A->>B: asks',
    'alt it is there',
    '  B-->>A: answers',
    'else it is not',
    '  loop each second',
    '    A->>A: waits',
    '  end',
    'end',
  );
  expect(faults).toEqual([]);
});

test.each([
  ['a stranger', ['A->>B: asks'], '5: B is no participant'],
  ['a message without text', ['A->>A'], '5: not understood: A->>A'],
  ['an else outside of alt', ['loop x', 'else y', 'end'], '6: else stands outside of alt'],
  ['an end too many', ['end'], '5: there is no block to end'],
  ['a block without end', ['opt x', 'A->>A: y'], '6: opt does not end'],
])('a sequence is refused for %s', (_, lines, fault) => {
  expect(faultsOf('sequenceDiagram', 'participant A as Client', ...lines)).toEqual([fault]);
});
