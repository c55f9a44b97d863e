import { existsSync, readFileSync } from 'node:fs';
import { diagramFaults, diagramsOf } from './mermaid.ts';
import { namedPaths } from './named-paths.ts';
import { ROOMS } from './rooms.ts';

/**
 * ARCHITECTURE.md must be true of the tree: every path that it names exists, it names every room of
 * .ci/rooms.ts, and its diagrams are Mermaid. Mermaid's own parser would bring 152 packages, 180 MB
 * and a DOM, so .ci/mermaid.ts holds the diagrams to a strict part of its language instead.
 */
const DOCUMENT = 'ARCHITECTURE.md';

const text = readFileSync(DOCUMENT, 'utf8');
const paths = namedPaths(text);
const faults = [
  ...paths
    .filter(({ path }) => !existsSync(path))
    .map(({ line, path }) => `${DOCUMENT}:${line}: ${path} does not exist`),
  ...ROOMS.filter((room) => !text.includes(`\`${room}\``)).map((room) => `${DOCUMENT}: the room ${room} is missing`),
  ...diagramFaults(text).map(({ line, message }) => `${DOCUMENT}:${line}: ${message}`),
];

for (const fault of faults) console.error(fault);
console.log(
  `${paths.length} paths, ${ROOMS.length} rooms, ${diagramsOf(text).length} diagrams, ${faults.length} wrong`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
