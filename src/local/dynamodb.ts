import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartError } from './start-error.ts';

export interface DynamoDbCommand {
  readonly command: string;
  readonly args: readonly string[];
}

export interface DynamoDbPlace {
  readonly port: number;
  /** The SQLite file. */
  readonly file: string;
}

const require = createRequire(import.meta.url);

/** Runs on SQLite's own defaults for durability: no option here weakens them. */
export function dynamoDbCommand({ port, file }: DynamoDbPlace): DynamoDbCommand {
  const packageFile = dynoxidePackage();
  if (packageFile === undefined) {
    throw new StartError(
      `There is no database engine for ${process.platform} ${process.arch}: @dynoxide/${process.platform}-${process.arch} is not installed.`,
    );
  }
  const command = join(dirname(packageFile), 'dynoxide');
  return { command, args: ['serve', '--host', '127.0.0.1', '--port', `${port}`, '--db-path', file] };
}

function dynoxidePackage(): string | undefined {
  try {
    return require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
  } catch {
    return undefined;
  }
}
