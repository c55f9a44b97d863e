import { globSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';

/** The SDL's files as one document, always in the same order: what is generated must not depend on which file loads first. */
export default function load(pattern) {
  const files = globSync(pattern).sort();
  return parse(files.map((file) => readFileSync(file, 'utf8')).join('\n'));
}
