import { VarveError } from './errors.ts';

/** Whether the service may change anything. Everything that writes asks first. */
export interface ReadOnlySwitch {
  /** One sentence that says what to run; undefined while all is well. */
  why(): string | undefined;
  turnOn(why: string): void;
  turnOff(): void;
  /** Throws `ReadOnly`. */
  requireOff(): void;
}

export function createReadOnlySwitch(): ReadOnlySwitch {
  let reason: string | undefined;
  return {
    why: () => reason,
    turnOn: (why) => {
      reason = why;
    },
    turnOff: () => {
      reason = undefined;
    },
    requireOff: () => {
      if (reason !== undefined) throw readOnly(reason);
    },
  };
}

export function readOnly(why: string): VarveError {
  return new VarveError('ReadOnly', why);
}
