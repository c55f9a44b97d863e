import type { Counter, Histogram } from '../../platform/metrics/meter.ts';

/** What the service counts as it works. docs/monitoring has what to make of it. */

/** From a row that is cached to the 30 s after which the gateway gives up. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Of what may take as long as an invocation of a function. */
const LONG_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300];

export const requestDuration: Histogram<'operation'> = {
  name: 'varve_api_request_duration_seconds',
  help: 'How long requests of the API took, by the field of the schema that they asked for.',
  labels: ['operation'],
  bounds: SECONDS,
};

export const requests: Counter<'operation' | 'outcome'> = {
  name: 'varve_api_requests_total',
  help: 'Requests of the API: ok, refused (the caller has to change something), or failed (the service).',
  labels: ['operation', 'outcome'],
};

export const policyRuns: Counter<'result'> = {
  name: 'varve_policy_runs_total',
  help: 'Runs of policies for a disk by their result: done, skipped or failed. A run that is tried again counts again.',
  labels: ['result'],
};

export const workDuration: Histogram<'kind'> = {
  name: 'varve_work_duration_seconds',
  help: 'How long the work of a message of the queue took, by its kind.',
  labels: ['kind'],
  bounds: LONG_SECONDS,
};

export const workDone: Counter<'kind' | 'outcome'> = {
  name: 'varve_work_total',
  help: 'Messages of the queue that were worked on: done, more (goes on in another message), or failed.',
  labels: ['kind', 'outcome'],
};

export const roundDuration: Histogram<'round'> = {
  name: 'varve_round_duration_seconds',
  help: 'How long the rounds of the janitor took.',
  labels: ['round'],
  bounds: LONG_SECONDS,
};

export const roundFailures: Counter<'round'> = {
  name: 'varve_round_failures_total',
  help: 'Rounds of the janitor in which something failed. They are begun again a minute later.',
  labels: ['round'],
};
