import { StartError } from '../local/start-error.ts';
import { packFunctions } from './build.ts';
import { goOffline } from './go-offline.ts';

/**
 * Messages that are worked on at the same time, so that one with much to do does not hold up the
 * others.
 */
const SOURCES = 4;
/** That of serverless-offline. */
const DEFAULT_PORT = 3000;

interface SqsEvent {
  sqs?: { batchSize?: number };
}

/** The part of the framework that the plugin uses. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly provider: { environment?: Record<string, unknown> };
    readonly functions: Record<string, { events: readonly SqsEvent[] }>;
    readonly custom: Record<string, object> & {
      readonly varve: { readonly offlineData: string; readonly offlineDatabase: string };
      readonly 'serverless-offline': { readonly httpPort?: number };
    };
  };
}

interface CommandLine {
  readonly httpPort?: number;
  readonly lambdaPort?: number;
}

/**
 * Bundles the functions before they are packed or run, and points them at local engines when they
 * run offline.
 */
class VarvePlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #commandLine: CommandLine;

  constructor(serverless: Serverless, commandLine: CommandLine) {
    this.#serverless = serverless;
    this.#commandLine = commandLine;
    // Of the event source, which comes with the SDK before the current one.
    process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
    const pack = () => packFunctions(serverless.serviceDir);
    const offline = () => this.#goOffline();
    this.hooks = {
      'before:package:createDeploymentArtifacts': pack,
      'before:deploy:function:packageFunction': pack,
      'before:offline:start': offline, // of `serverless offline`
      'before:offline:start:init': offline, // of `serverless offline start`
    };
  }

  async #goOffline(): Promise<void> {
    const { service, serviceDir: root } = this.#serverless;
    const settings = service.custom['serverless-offline'];
    const { httpPort = settings.httpPort ?? DEFAULT_PORT, lambdaPort } = this.#commandLine;
    const tell = (line: string) => void process.stdout.write(`\n${line}\n`);
    const offline = await goOffline({
      root,
      dataDir: service.custom.varve.offlineData,
      database: service.custom.varve.offlineDatabase,
      httpPort,
      lambdaPort,
      tell,
    }).catch(endWith);
    service.provider.environment = { ...offline.environment };
    Object.assign(settings, { httpPort, lambdaPort: offline.lambdaPort, location: offline.codeDir });
    service.custom['serverless-offline-sqs'] = offline.sqs;
    for (const fn of Object.values(service.functions)) fn.events = fn.events.flatMap(sourcesOf);
  }
}

/**
 * The framework shows an error with its stack, which helps nobody whose port is taken. It also
 * waits for the engines to end, which wait for this process.
 */
function endWith(error: unknown): never {
  process.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
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
