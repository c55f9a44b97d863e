import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isRebuilding } from '../../engine/ledger/rebuild-barrier.ts';
import type { Registry } from '../../platform/metrics/meter.ts';
import { clockEntity } from '../../service/model/clocks/rows.ts';
import type { MetricsToken } from '../metrics-token.ts';
import { healthRoute, type ReadyChecks, readyRoute, startingRoute } from './health.ts';
import type { Routes } from './http-server.ts';
import { metricsRoute } from './metrics-route.ts';
import { startMonitor } from './monitor.ts';
import type { Parts } from './parts.ts';

export interface MonitoringOptions {
  readonly origin: string;
  readonly folder: string;
  readonly registry: Registry;
  readonly reserveBytes: number;
  readonly hasRoom: () => boolean;
  /** Absent: nobody scrapes. */
  readonly metricsToken: MetricsToken | undefined;
}

/** What tells an operator, and the programs of one, how the installation is. */
export interface Monitoring {
  readonly routes: Routes;
  /** For the operator: where the figures are. */
  readonly call: () => Promise<object>;
  stop(): Promise<void>;
}

/** Before there are any parts. */
export const STARTING_ROUTES: Routes = { healthz: healthRoute, readyz: startingRoute };

export function startMonitoring(parts: Parts, options: MonitoringOptions): Monitoring {
  const { registry, folder, reserveBytes, metricsToken } = options;
  const { composition, queue, readOnly } = parts;
  const monitor = startMonitor({ composition, registry, queue, folder, reserveBytes, whyReadOnly: readOnly.why });
  return {
    routes: {
      readyz: readyRoute(readyChecks(parts, options)),
      ...(metricsToken && { metrics: metricsRoute(monitor.families, metricsToken.token) }),
    },
    call: async () => ({ url: `${options.origin}/metrics`, tokenFile: metricsToken?.file ?? null }),
    stop: monitor.stop,
  };
}

/** No object has this name. */
const NO_OBJECT = 'objects/ready';

/** Cheap questions: a row, an object that is not there, and what the process knows by itself. */
function readyChecks(
  { catalogue, objects, own, regions, composition, readOnly }: Parts,
  { folder, hasRoom }: Pick<MonitoringOptions, 'folder' | 'hasRoom'>,
): ReadyChecks {
  const stores = [...(own ? [] : [objects]), ...regions.map((region) => region.objects)];
  return {
    CATALOGUE: async () => {
      await catalogue.get(clockEntity, { id: 'clock' });
      return true;
    },
    OBJECTS: async () => {
      // A folder that is gone would only say that the object is not there.
      if (own && !statSync(join(folder, 'objects')).isDirectory()) return false;
      await Promise.all(stores.map((store) => store.head(NO_OBJECT)));
      return true;
    },
    READ_ONLY: () => readOnly.why() === undefined,
    REBUILDING: async () => !(await isRebuilding(composition.service)),
    SPACE: hasRoom,
  };
}
