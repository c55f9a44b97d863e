import { join } from 'node:path';
import { buildFunctions, type FunctionsBuild } from './build.ts';
import { guardFunctions } from './function-guard.ts';
import { limitHttpServers } from './http-limits.ts';
import { offlineSettings } from './offline-settings.ts';
import { waitForConnections } from './ports.ts';

/**
 * Messages that are worked on at the same time, so that one with much to do does not hold up the
 * others.
 */
const SOURCES = 4;

interface SqsEvent {
  sqs?: { batchSize?: number };
}

/** The part of the framework that the plugin uses. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly provider: { environment?: Record<string, unknown> };
    readonly functions: Record<string, { events: readonly SqsEvent[] }>;
    readonly custom: Record<string, object>;
  };
}

/**
 * Bundles the functions before they are packed or run, and points them at local engines when they
 * run offline.
 */
class VarvePlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => this.#build(serverless.serviceDir, 'packed'),
      'before:deploy:function:packageFunction': () => this.#build(serverless.serviceDir, 'packed'),
      'before:offline:start:init': () => this.#goOffline(),
    };
  }

  #build(codeDir: string, shape: FunctionsBuild['shape']): Promise<void> {
    return buildFunctions({ root: this.#serverless.serviceDir, outDir: join(codeDir, 'dist'), shape });
  }

  async #goOffline(): Promise<void> {
    const { service } = this.#serverless;
    const settings = offlineSettings(process.env);
    guardFunctions({ port: settings.offline.lambdaPort, secret: settings.secret });
    limitHttpServers();
    await this.#build(settings.codeDir, 'shared');
    // the event source asks for its queue at once
    await waitForConnections(Number(new URL(settings.sqs.endpoint).port));
    service.provider.environment = settings.environment;
    Object.assign(service.custom['serverless-offline'] ?? {}, { ...settings.offline, location: settings.codeDir });
    service.custom['serverless-offline-sqs'] = settings.sqs;
    for (const fn of Object.values(service.functions)) fn.events = fn.events.flatMap(sourcesOf);
  }
}

/**
 * The emulated event source waits seconds for a batch to fill, and for the end of one batch before
 * it takes the next. One message at a time goes straight through, and several sources of the same
 * queue work beside each other, as AWS's do.
 */
function sourcesOf(event: SqsEvent): SqsEvent[] {
  const { sqs } = event;
  if (sqs === undefined) return [event];
  return Array.from({ length: SOURCES }, () => ({ ...event, sqs: { ...sqs, batchSize: 1 } }));
}

// The framework loads a plugin by its default export.
export default VarvePlugin;
