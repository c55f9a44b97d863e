import { fileURLToPath } from 'node:url';
import type { ChildSpec } from '../local/emulator/child.ts';

const LIFELINE = new URL('lifeline.ts', import.meta.url).href;

/** A Node program as a child: ends with its starter by the lifeline that is loaded before it. */
export function nodeChild(spec: Omit<ChildSpec, 'command' | 'lifeline'>): ChildSpec {
  return { ...spec, command: process.execPath, args: ['--import', LIFELINE, ...spec.args], lifeline: 'ipc' };
}

export function entryPath(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
