import { globSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';

/** Files of GraphQL as one document, in the same order whichever of them loads first. */
export default function load(pattern) {
  const files = globSync(pattern).sort();
  return parse(files.map((file) => readFileSync(file, 'utf8')).join('\n'));
}
