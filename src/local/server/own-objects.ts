import { systemClock } from '../../platform/clock.ts';
import type { FolderFiles } from '../../platform/files/folder.ts';
import { serveObject } from '../../platform/objects/folder/serve.ts';
import type { GrantUrls } from '../../platform/objects/folder/url.ts';
import type { FolderObjects } from '../../platform/objects/folder.ts';
import type { Route } from './http-server.ts';

/** Objects that this process keeps itself, and answers for. */
export interface OwnObjects {
  readonly objects: FolderObjects;
  readonly urls: GrantUrls;
  readonly files: FolderFiles;
  /** Asked for each upload. */
  readonly hasRoom: () => boolean;
}

export const objectsRoute =
  (own: OwnObjects): Route =>
  (request, response) =>
    serveObject({ ...own, clock: systemClock }, request, response);

/** By the second segment of the path, which names the region. */
export function regionsRoute(regions: readonly { readonly name: string; readonly own?: OwnObjects }[]): Route {
  const routes = new Map(
    regions.flatMap(({ name, own }) => (own === undefined ? [] : [[name, objectsRoute(own)] as const])),
  );
  return async (request, response) => {
    const [, name = ''] = /^\/[^/]*\/([^/?]*)/.exec(request.url ?? '') ?? [];
    const route = routes.get(name);
    if (route === undefined) response.writeHead(404, { connection: 'close' }).end();
    else await route(request, response);
  };
}
