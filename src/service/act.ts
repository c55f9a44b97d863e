import type { AuditActorKind, DeletionReason } from '../generated/schema.ts';

/** What somebody does to an account, as the audit tells it (8.6). No secrets, only ids. */
export interface Act {
  readonly accountId: string;
  readonly actorKind: AuditActorKind;
  /** The id of the key, `operator` or `service`. */
  readonly actor: string;
  /** The console session by which the key acts. */
  readonly session?: string;
  /** The mutation's name, or what the operator or the service does. */
  readonly action: string;
  /** Ids that the call names. */
  readonly subjects: readonly string[];
  readonly reason?: DeletionReason;
  readonly address?: string;
  readonly userAgent?: string;
  readonly requestId?: string;
  /** Of an act that comes at a high rate one record an hour is left for each way that it ends. */
  readonly hourly?: boolean;
}

/** Ids that an act was refused for, although the call as a whole was not. */
export interface PartlyRefused {
  readonly code: string;
  readonly subjects: readonly string[];
}

/** Every change for a person or by the service itself is done through this. */
export interface Audit {
  /**
   * Does the work so that a record of the act is durable no later than the first change that the
   * work makes. An act of the service leaves a record only if it changes something.
   */
  run<T>(act: Act, work: () => Promise<T>, refusedIn?: (result: T) => readonly PartlyRefused[]): Promise<T>;
}
