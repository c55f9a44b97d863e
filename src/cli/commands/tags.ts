import type { Tag } from '../../client/service/disks.ts';
import type { OptionSpec } from '../command.ts';

export const TAG_OPTION: OptionSpec = {
  name: 'tag',
  takes: 'tag',
  value: 'KEY=VALUE',
  summary: 'A label; may be repeated.',
  repeated: true,
};

export function parseTags(texts: readonly string[]): Tag[] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? { key: text, value: '' } : { key: text.slice(0, at), value: text.slice(at + 1) };
  });
}
