import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';

const parse = (line: string) =>
  parseCommandLine(
    COMMANDS,
    line.split(' ').filter((word) => word !== ''),
  );

describe('a command line', () => {
  it('gives command, arguments and options, in any order', () => {
    const parsed = parse('--data /x disk import --size=10G a.img --name root --tag a=1 --tag b= --json');
    if ('help' in parsed) throw new Error('no help was asked for');
    const { command, input } = parsed;
    expect(command.path).toBe('disk import');
    expect(input.args).toEqual(['a.img']);
    expect(input.number('size')).toBe(10 * 1024 ** 3);
    expect(input.text('name')).toBe('root');
    expect(input.texts('tag')).toEqual(['a=1', 'b=']);
    expect(input.text('data')).toBe('/x');
    expect(input.has('json')).toBe(true);
    expect(input.has('quiet')).toBe(false);
  });

  it('takes - and what follows -- as arguments', () => {
    const stdin = parse('disk import - --size 1G');
    expect('input' in stdin && stdin.input.args).toEqual(['-']);
    const dashed = parse('disk import -- --size');
    expect('input' in dashed && dashed.input.args).toEqual(['--size']);
  });

  it.each([
    ['disk ls --limit 3', 'disk list'],
    ['--json snapshot rm monday', 'snapshot delete'],
    ['snapshot rm --help', 'snapshot delete'],
  ])('%s is %s', (line, path) => {
    const parsed = parse(line);
    expect('help' in parsed ? parsed.help : parsed.command.path).toBe(path);
  });

  it('has no short form of what there is not', () => {
    expect(() => parse('chain rm d-1')).toThrow("Unknown command 'chain rm'.");
  });

  it('takes one of several values in any case', () => {
    const parsed = parse('disk list --status in_use');
    expect('input' in parsed && parsed.input.text('status')).toBe('IN_USE');
  });

  it.each([
    ['', ''],
    ['--help', ''],
    ['-h', ''],
    ['disk', 'disk'],
    ['disk --help', 'disk'],
    ['disk import --help', 'disk import'],
    ['snapshot delete -h', 'snapshot delete'],
    ['help disk sync', 'disk sync'],
    ['--data /x help disk', 'disk'],
  ])("'%s' asks for the help of '%s'", (line, help) => {
    expect(parse(line)).toEqual({ help });
  });

  it.each([
    ['dsk list', "Unknown command 'dsk'. Did you mean 'disk'?"],
    ['disk lsit', "Unknown command 'disk lsit'. Did you mean 'list'?"],
    ['frobnicate', "Unknown command 'frobnicate'."],
    ['--frobnicate', 'Unknown option --frobnicate.'],
    ['disk list --nam x', "Unknown option --nam for 'varve disk list'. Did you mean '--name'?"],
    ['disk create --name x', "Unknown option --name for 'varve disk create'. NAME is given without an option."],
    ['disk imp', "Unknown command 'disk imp'. Did you mean 'import'?"],
    ['quota set POLICIES 1 -2', "Too many arguments: '-2' is one more than 'varve quota set' takes."],
    [
      'disk list --status used',
      "--status must be one of CREATING, AVAILABLE, ATTACHING, IN_USE, DETACHING, REINITIALIZING, EXPIRED, not 'used'.",
    ],
    ['disk list -x', "Unknown option -x for 'varve disk list'."],
    ['disk show', 'DISK is missing: Id or name of the disk.'],
    ['disk show a b', "Too many arguments: 'b' is one more than 'varve disk show' takes."],
    ['disk create --size', '--size needs a value: --size SIZE.'],
    ['disk create --size=', '--size needs a value: --size SIZE.'],
    ['disk create --size 10X', "--size must be a size such as 10G, 512MiB or 4096, not '10X'."],
    ['disk create --size 0', "--size must be a size such as 10G, 512MiB or 4096, not '0'."],
    ['disk create --size -1', "--size must be a size such as 10G, 512MiB or 4096, not '-1'."],
    ['disk create --size 1G --size 2G', '--size is given twice.'],
    ['disk create --kind OTHER --size 1G', "--kind must be one of SYSTEM, DATA, not 'OTHER'."],
    ['disk create --tag =x --size 1G', "--tag must look like KEY=VALUE, not '=x'."],
    ['disk list --limit many', "--limit must be a whole number above 0, not 'many'."],
    ['disk list --limit 0', "--limit must be a whole number above 0, not '0'."],
    ['disk list --json=yes', '--json takes no value.'],
    ['snapshot delete', 'SNAPSHOT is missing: Ids or names of snapshots, at most 100.'],
    ['completion tcsh', "SHELL must be one of bash, zsh, fish, not 'tcsh'."],
  ])("refuses '%s'", (line, message) => {
    expect(() => parse(line)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  it('refuses an empty argument', () => {
    expect(() => parseCommandLine(COMMANDS, ['disk', 'show', ''])).toThrow('DISK must not be empty.');
  });
});
