import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { fitsAt } from '../../src/cli/completion/fits.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';

const at = (line: string) => fitsAt(COMMANDS, line.split(' '));
const values = (line: string) => at(line).candidates.map(({ value }) => value);

describe('what fits at the cursor', () => {
  it.each([
    ['di', ['disk']],
    ['disk ex', ['export']],
    ['disk export --fo', ['--force', '--format']],
    ['status --js', ['--json']],
    ['completion z', ['zsh']],
    ['disk list --status in', ['IN_USE']],
    ['disk list --status=in', ['IN_USE']],
    ['--json --data /x disk ex', ['export']],
    ['disk export --json --js', []],
    ['no-such-command ', []],
    ['disk show one two', []],
    ['status -- --js', []],
  ])('%j: %j', (line, expected) => {
    expect(values(line)).toEqual(expected);
  });

  it('a repeated option may come again, another not', () => {
    expect(values('disk create --tag a=b --ta')).toEqual(['--tag']);
    expect(values('disk create --size 1G --siz')).toEqual([]);
  });

  it('both the second words and the arguments of a command that is a group too', () => {
    expect(values('advice ')).toEqual(expect.arrayContaining(['unprotected', 'forgotten']));
    expect(values('scrub ')).toEqual(expect.arrayContaining(['list', 'show']));
  });

  it.each([
    ['disk show ', ['disk']],
    ['disk show we', ['disk']],
    ['snapshot delete a b ', ['snapshot']],
    ['snapshot list --disk ', ['disk']],
    ['snapshot list --disk=we', ['disk']],
    ['policy apply nightly ', ['disk']],
    ['attach ', ['disk', 'snapshot']],
    ['disk import ', ['files']],
    ['disk export web ', ['files']],
    ['disk list --region ', ['region']],
    ['disk create --size ', ['nothing']],
    ['disk create ', ['nothing']],
  ])('%j is completed with %j', (line, names) => {
    expect(at(line).names).toEqual(names);
  });

  it('names the options that say where the service is', () => {
    const { given } = at('--data /x disk show --region=north ');
    expect([...given]).toEqual([
      ['data', '/x'],
      ['region', 'north'],
    ]);
  });

  it('an option and its value in one word: bash gives three words, others one', () => {
    expect(fitsAt(COMMANDS, ['disk', 'list', '--status', '=', 'in'])).toMatchObject({
      candidates: [{ value: 'IN_USE' }],
      before: '',
    });
    expect(fitsAt(COMMANDS, ['disk', 'list', '--status', '='])).toMatchObject({ prefix: '', before: '' });
    expect(fitsAt(COMMANDS, ['disk', 'list', '--status=in'])).toMatchObject({
      candidates: [{ value: 'IN_USE' }],
      before: '--status=',
    });
  });

  it('every command and option of the table is offered, and is understood', () => {
    for (const { path, options } of COMMANDS) {
      const words = path.split(' ');
      for (const [place, word] of words.entries()) {
        expect(fitsAt(COMMANDS, [...words.slice(0, place), word]).candidates).toContainEqual(
          expect.objectContaining({ value: word }),
        );
      }
      for (const { name } of options) {
        expect(fitsAt(COMMANDS, [...words, `--${name}`]).candidates).toContainEqual(
          expect.objectContaining({ value: `--${name}` }),
        );
      }
      expect(parseCommandLine(COMMANDS, [...words, '--help'])).toEqual({ help: path });
    }
  });
});
