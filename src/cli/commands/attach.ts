import { homedir } from 'node:os';
import { inBackground } from '../attach/background.ts';
import { findPlaces, makePlaces } from '../attach/places.ts';
import { ATTACH_OPTIONS, type AttachRequest, LISTEN_OPTIONS, parseAttach, parseListen } from '../attach/request.ts';
import { type Serving, serve } from '../attach/serve.ts';
import type { Command, Context, Input } from '../command.ts';
import { formatSize } from '../sizes.ts';
import { UsageError } from '../usage-error.ts';

/** What `attach` and `mount` announce. */
export interface Announced {
  readonly sourceId: string;
  readonly name: string;
  readonly access: string;
  readonly uri: string;
  readonly sizeBytes: number;
  readonly version: number | null;
  readonly mountedOn?: string;
  readonly log?: string;
}

export const ATTACHED_JSON =
  '`{sourceId, name, access, uri, sizeBytes, version}` in one line as soon as clients can ' +
  'connect. With --background also `log`. `access` is READ_WRITE, READ_ONLY or ' +
  'SCRATCH. `version` is null for a snapshot.';

export const attach: Command = {
  path: 'attach',
  summary: 'Serve a disk or a snapshot to NBD clients: qemu, nbdcopy, nbdfuse, nbd-client, fio.',
  details: [
    'It stays until Ctrl-C or varve detach, and commits everything written before it ends.',
    'A disk has one writer at a time. A second attachment is refused, and the error names ' +
      'the first. What a flush acknowledged survives even kill -9: the next attachment goes on ' +
      'from the journal. See docs/attach.md.',
    'A snapshot is only read. With --scratch it takes writes and forgets them at the end.',
  ],
  args: [{ name: 'SOURCE', summary: 'Id or name of the disk or snapshot.', completes: ['disk', 'snapshot'] }],
  options: [
    ...LISTEN_OPTIONS,
    ...ATTACH_OPTIONS,
    {
      name: 'scratch',
      takes: 'nothing',
      summary: 'Take writes to the snapshot, and forget them at the end. Not for a disk.',
    },
  ],
  examples: [
    { does: 'A disk on a socket of its own', line: 'varve attach web-data' },
    {
      does: 'For a virtual machine: qemu-system-x86_64 -drive format=raw,file=nbd+unix:///?socket=/run/web.sock',
      line: 'varve attach web-root --socket /run/web.sock --background',
    },
    {
      does: 'A snapshot, for other tools on another machine',
      line: 'varve attach monday --listen 0.0.0.0:10809 --tls-psk keys',
    },
  ],
  json: ATTACHED_JSON,
  run: async (context, input) => {
    const listen = parseListen(input, 'attach');
    const request = parseRequest(input);
    if (input.has('background')) return announce(context, await startInBackground(context, 'attach'));
    await serve(context, request, listen, {
      begin: (serving) => {
        announce(context, announced(serving));
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
      ending: (access) =>
        access === 'READ_WRITE'
          ? 'Ending: committing what was written. A second Ctrl-C ends it at once, and the ' +
            'next varve attach commits the rest.'
          : 'Ending: finishing what clients have asked for. A second Ctrl-C ends it at once.',
    });
  },
};

export function announced({ source, access, uri, sizeBytes, version }: Serving): Announced {
  return { sourceId: source.id, name: source.name, access, uri, sizeBytes, version };
}

function parseRequest(input: Input): AttachRequest {
  const request = parseAttach(input, 'attach');
  if (!input.has('scratch')) return request;
  if (request.readOnly) throw new UsageError('--scratch does not go with --read-only.', 'attach');
  return { ...request, scratch: 'DEMANDED' };
}

export async function startInBackground({ environment, signal }: Context, command: string): Promise<Announced> {
  const places = findPlaces(environment, homedir());
  makePlaces(places);
  return (await inBackground({ command, folder: places.attachments, signal })) as Announced;
}

function announce({ console }: Context, value: Announced): void {
  const { sourceId, name, uri, sizeBytes, access, log } = value;
  const how = {
    READ_WRITE: 'for reading and writing',
    READ_ONLY: 'read-only',
    SCRATCH: 'with writes that are forgotten',
  };
  console.announce(value, () => [
    `${name} (${sourceId}, ${formatSize(sizeBytes)}) is attached ${how[access as keyof typeof how]}:`,
    uri,
    log === undefined ? 'Ctrl-C ends it.' : `varve detach ${sourceId} ends it. Its log: ${log}`,
  ]);
}
