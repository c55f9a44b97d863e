import { ConfigError, type Environment, parseUpkeep, type Upkeep } from '../../platform/config.ts';
import { StartError } from '../start-error.ts';

export interface OwnSettings {
  readonly settings: Upkeep;
  /** IANA name of this machine's, for the schedules of policies. */
  readonly timeZone: string;
}

/** What the environment and the machine say. Throws `StartError` for a setting that is wrong. */
export function ownSettings(environment: Environment): OwnSettings {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  try {
    return { settings: parseUpkeep(environment), timeZone };
  } catch (error) {
    throw error instanceof ConfigError ? new StartError(error.message) : error;
  }
}
