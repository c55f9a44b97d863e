import type { AdmissionLimits } from './admission.ts';
import type { BudgetLimits } from './budget.ts';
import type { QueryLimits } from './limits.ts';

/** What the API takes on. */
export interface ApiLimits {
  readonly query: QueryLimits;
  readonly budget: BudgetLimits;
  /** From so many units and work of its estimate on, a query is one of those that read much. */
  readonly heavyUnits: number;
  readonly admission: AdmissionLimits;
}

/** Lambda and API Gateway pass on 6 MiB, with the headers and what stands around the body. */
export const MAX_ANSWER_BYTES = 6_000_000;

export const API_LIMITS: ApiLimits = {
  // By its text. The introspection query of the usual tools is 15 deep. Pages of 1000 disks with
  // all that the CLI shows, each with all tags and instances that it may have, are about 1,700,000
  // units; 1024 blocks with their URLs 120,000 of work.
  query: { depth: 16, rootFields: 20, units: 2_000_000, work: 200_000, answerBytes: MAX_ANSWER_BYTES },
  // By what it really reads and answers: about 0.2 s of CPU. Pages of 500 disks with all that the
  // CLI shows are about 160,000 units.
  budget: { units: 200_000, answerBytes: MAX_ANSWER_BYTES },
  // About 0.02 s of CPU. 200 blocks with their URLs, 400 disks with their names.
  heavyUnits: 25_000,
  // A request of usual size is a few milliseconds of CPU.
  admission: {
    ofKey: { burst: 3000, perSecond: 300 },
    ofAddress: { burst: 6000, perSecond: 600 },
    failures: { burst: 30, perSecond: 1 },
    requests: { running: 64, runningOfOne: 16, besideOthers: 2, waiting: 1024, waitingOfOne: 256 },
    heavy: { running: 2, runningOfOne: 1, besideOthers: 1, waiting: 256, waitingOfOne: 64 },
    giveWayMs: 1000,
    patienceMs: 25_000, // the gateway gives up after 30 s
  },
};
