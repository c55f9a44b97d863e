import { createInterface } from 'node:readline';
import { type CliHarness, createCliHarness, type Outcome, type Started } from '../harness.ts';

export interface AttachHarness extends CliHarness {
  /** `varve attach` or `varve mount` in the foreground, once it says that it is ready. */
  up(command: 'attach' | 'mount', ...args: string[]): Promise<Up>;
}

export interface Up {
  readonly uri: string;
  readonly announced: Record<string, unknown>;
  /** SIGINT, and what comes of it. */
  end(): Promise<Outcome>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/**
 * The CLI with folders of its own for journals and caches. What a test leaves running is killed in
 * the end.
 */
export async function createAttachHarness(): Promise<AttachHarness> {
  const cli = await createCliHarness();
  const environment = {
    VARVE_STATE_DIR: cli.path('state'),
    VARVE_CACHE_DIR: cli.path('cache'),
    XDG_RUNTIME_DIR: '',
  };
  const running = new Set<Started>();
  const withPlaces: CliHarness = {
    ...cli,
    start: (args, options) => cli.start(args, { ...options, environment: { ...environment, ...options?.environment } }),
    run: (args, options) => withPlaces.start(args, options).outcome,
    json: async (...args) => {
      const { code, stdout, stderr } = await withPlaces.run([...args, '--json']);
      if (code !== 0) throw new Error(`varve ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    close: async () => {
      for (const { process: child, outcome } of running) {
        child.kill('SIGKILL');
        await outcome;
      }
      await cli.close();
    },
  };
  const up = async (command: 'attach' | 'mount', ...args: string[]): Promise<Up> => {
    const started = withPlaces.start([command, ...args, '--json']);
    running.add(started);
    const { process: child, outcome } = started;
    const line = new Promise<string>((resolve) => {
      if (child.stdout) createInterface(child.stdout).once('line', resolve);
    });
    const first = await Promise.race([line, outcome]);
    if (typeof first !== 'string') throw new Error(`varve ${command} ended with ${first.code}: ${first.stderr}`);
    const announced = JSON.parse(first) as Record<string, unknown>;
    const finish = async (signal: NodeJS.Signals) => {
      child.kill(signal);
      const ended = await outcome;
      running.delete(started);
      return ended;
    };
    return {
      uri: String(announced.uri),
      announced,
      end: () => finish('SIGINT'),
      kill: async () => {
        await finish('SIGKILL');
      },
    };
  };
  return { ...withPlaces, up };
}
