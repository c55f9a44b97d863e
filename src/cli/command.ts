import type { Client } from '../client/client.ts';
import type { LocalFunctions } from '../platform/functions/local.ts';
import type { Consent } from './asking/consent.ts';
import { COLOUR_CHOICES } from './colours.ts';
import type { Completes } from './completion/kinds.ts';
import type { Console } from './console.ts';
import type { Settings } from './settings.ts';

/** One positional argument. Only the last may be optional or repeated. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly optional?: boolean;
  readonly repeated?: boolean;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** What a shell completes it with. Left out: what `name` stands for elsewhere too. */
  readonly completes?: readonly Completes[];
}

export interface OptionSpec {
  readonly name: string;
  /** What the option takes; a flag takes nothing. */
  readonly takes: 'nothing' | 'text' | 'size' | 'count' | 'duration' | 'tag';
  /** Placeholder of the value in the help. */
  readonly value?: string;
  readonly summary: string;
  readonly repeated?: boolean;
  /** It may be given without its value; a number behind it is the value. */
  readonly standsAlone?: boolean;
  readonly choices?: readonly string[];
  /** What a shell completes it with. Left out: what `value` stands for elsewhere too. */
  readonly completes?: readonly Completes[];
}

export interface Example {
  readonly does: string;
  readonly line: string;
}

/** A command as data: parsing, help, completion and the manual are all made from it. */
export interface Command {
  /** Such as `disk import`. */
  readonly path: string;
  readonly summary: string;
  /** Further paragraphs of the help. */
  readonly details?: readonly string[];
  readonly args: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** Whether it deletes or overwrites, and so asks first (rule 10.3). `asking` sets it. */
  readonly asks?: true;
  /** Fields of the result under `--json`, for the manual. */
  readonly json: string;
  readonly run: (context: Context, input: Input) => Promise<void>;
}

/** The parsed arguments and options of one command. */
export interface Input {
  /** Arguments in order; those left out are missing. */
  readonly args: readonly string[];
  has(option: string): boolean;
  text(option: string): string | undefined;
  /** The value of an option that takes one of `choices`. */
  choice<Choice extends string>(option: string, choices: readonly Choice[]): Choice | undefined;
  number(option: string): number | undefined;
  texts(option: string): readonly string[];
}

export interface Context {
  readonly console: Console;
  readonly signal: AbortSignal;
  /** From now on SIGHUP does this, and no longer stops the command. */
  readonly onHangup: (reload: () => void) => void;
  readonly region: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** By `decide`. Without it, nothing that deletes or overwrites is sent. */
  readonly consent: Consent;
  /** Undefined if there is nothing to ask. */
  readonly stdin: NodeJS.ReadStream | undefined;
  /** Connects on first use, so that commands which need no service work without one. */
  client(): Promise<Client>;
  /** Where the service is and what opens it, for connections of one's own. */
  settings(): Promise<Settings>;
  readonly endpoint: () => Promise<string>;
  /** The functions of a running local installation, for calls as its operator. */
  localFunctions(): Promise<LocalFunctions>;
}

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', takes: 'nothing', summary: 'Print the result as JSON, with stable field names.' },
  { name: 'quiet', takes: 'nothing', summary: 'Show no progress and no notes.' },
  {
    name: 'utc',
    takes: 'nothing',
    summary: 'Show times in UTC, as JSON and CSV do. Default: in the zone of this machine (TZ).',
  },
  {
    name: 'color',
    takes: 'text',
    value: 'WHEN',
    choices: COLOUR_CHOICES,
    summary: 'Colours: auto, always or never. Default: in terminals. Also: NO_COLOR, FORCE_COLOR.',
  },
  {
    name: 'data',
    takes: 'text',
    value: 'DIR',
    summary: 'Data folder of a local installation. Environment: VARVE_DATA. Default: the nearest .varve folder above.',
  },
  {
    name: 'endpoint',
    takes: 'text',
    value: 'URL',
    summary: 'The service’s GraphQL endpoint. Environment: VARVE_ENDPOINT.',
  },
  {
    name: 'profile',
    takes: 'text',
    value: 'PROFILE',
    summary: 'A service that varve login or varve profile add has kept. Environment: VARVE_PROFILE.',
  },
  { name: 'api-key', takes: 'text', value: 'KEY', summary: 'API key. It is safer in the environment: VARVE_API_KEY.' },
  { name: 'region', takes: 'text', value: 'REGION', summary: 'Region. Default: the installation’s first.' },
  {
    name: 'patience',
    takes: 'duration',
    value: 'DURATION',
    summary:
      'How long to try again while the service does not answer, such as 90s, 5m or 2h. 0 is one try. Default: 5m. ' +
      'Environment: VARVE_PATIENCE.',
  },
  { name: 'help', takes: 'nothing', summary: 'Show this help.' },
];
