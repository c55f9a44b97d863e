import { expect, test } from 'vitest';
import { createRegistry } from '../../src/platform/metrics/meter.ts';
import { createDisk } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { advanceTo, createTimer, guarded, timedApi } from '../support/timer.ts';

const { api } = await timedApi();

test('5.3: runs are counted by their result', async () => {
  const account = await api.createAccount();
  advanceTo(api, '01:00');
  const policy = await createPolicy(account, { hours: [2] });
  await guarded(account, policy.id, 3);
  await createDisk(account, { policyId: policy.id }); // not attached
  const meter = createRegistry();
  const timer = createTimer({ service: { ...api.service, meter } });
  advanceTo(api, '02:00');
  await timer.fire();
  const [family] = meter.families();
  expect(family).toMatchObject({ name: 'varve_policy_runs_total', kind: 'counter' });
  expect(Object.fromEntries((family?.samples ?? []).map(({ labels, value }) => [labels.result, value]))).toEqual({
    done: 3,
    skipped: 1,
  });
});
