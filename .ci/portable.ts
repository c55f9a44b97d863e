/**
 * What only some systems have, in code that runs wherever the CLI reaches a service over the
 * network.
 */
export interface PortabilityFault {
  readonly line: number;
  readonly what: string;
}

/** A text that is a path of Unix, and calls that Windows' Node does not have. */
const UNIX_PATH = /(['"`])(\/(?:proc|sys|run|etc|var|tmp|dev)(?=\/|\1))/;
const UNIX_CALL = /\bprocess\.(?:getuid|geteuid|getgid|getegid|getgroups|setuid|setgid|seteuid|setegid|initgroups)\(/;

/** The parts of the client side, by the beginnings of their paths. */
export const PORTABLE = ['src/cli/', 'src/client/', 'src/attach/', 'src/nbd/', 'src/formats/', 'src/platform/'];

/** Files that ask first which system it is, or do without where there is nothing. Each says how. */
export const GUARDED: Readonly<Record<string, string>> = {
  'src/attach/journal/owner.ts': 'without /proc, that a process exists is all it says',
  'src/cli/attach/mounting.ts': 'looks for the tools of Linux; mount-plan.ts refuses where they are missing',
  'src/cli/settings.ts': 'asks whether there are users before it compares them',
  'src/client/host/device-bytes.ts': 'looks through a HostView, which is undefined elsewhere',
  'src/client/host/device-use.ts': 'looks through a HostView, which is undefined elsewhere',
  'src/platform/socket-path.ts': 'asks for Linux before it shortens a path',
  'src/platform/time/system-time.ts': 'without these files there is only the clock of the process',
  'src/platform/trusted-user.ts': 'asks whether there are users before it compares them',
};

/** Comments may name anything. */
const COMMENT = /^\s*(\/\/|\/?\*)/;

export function portabilityFaults(source: string): PortabilityFault[] {
  return source.split('\n').flatMap((text, at) => {
    if (COMMENT.test(text)) return [];
    const what = UNIX_PATH.exec(text)?.[2] ?? UNIX_CALL.exec(text)?.[0];
    return what === undefined ? [] : [{ line: at + 1, what }];
  });
}
