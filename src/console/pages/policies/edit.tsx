import { useState } from 'react';
import { PolicyPlanDocument } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import type { ApiError } from '../../api/request.ts';
import { useWords } from '../../i18n/words.ts';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Grid } from './grid.tsx';
import { NextRuns } from './plan.tsx';
import { words } from './words.ts';

export interface PolicyFields {
  readonly name: string;
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  readonly timeZone: string;
  readonly retentionDays: number | null;
}

export interface EditPolicyProps {
  readonly region: string;
  readonly before: PolicyFields;
  readonly act: string;
  readonly error: ApiError | null;
  readonly isPending: boolean;
  readonly onSave: (fields: PolicyFields) => void;
  readonly onCancel: () => void;
}

const MOST_DAYS = 65_536;

/** The form of a policy, with what it would do beside it. */
export function EditPolicy({ region, before, act, error, isPending, onSave, onCancel }: EditPolicyProps) {
  const say = useWords(words);
  const [fields, setFields] = useState(before);
  const [days, setDays] = useState(before.retentionDays === null ? '' : String(before.retentionDays));
  const set = (changes: Partial<PolicyFields>) => setFields({ ...fields, ...changes });
  const isWhole = days === '' || (/^\d{1,5}$/.test(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS);
  const isEmpty = fields.hours.length === 0 || fields.weekdays.length === 0;
  const why = isEmpty ? say('noHours') : isWhole ? undefined : say('wholeDays');
  return (
    <Form
      act={act}
      onSubmit={() => onSave({ ...fields, retentionDays: days === '' ? null : Number(days) })}
      onCancel={onCancel}
      error={error}
      isPending={isPending}
      why={why}
    >
      <TextInput
        label={say('name')}
        name="name"
        help={say('nameHelp')}
        value={fields.name}
        onChange={(name) => set({ name })}
      />
      <p>{say('gridAbout')}</p>
      <Grid hours={fields.hours} weekdays={fields.weekdays} onChange={set} />
      <TextInput
        label={say('zone')}
        name="timeZone"
        help={say('zoneHelp')}
        value={fields.timeZone}
        onChange={(timeZone) => set({ timeZone })}
      />
      <TextInput
        label={say('retentionDays')}
        name="retentionDays"
        help={say('retentionHelp')}
        type="number"
        value={days}
        onChange={setDays}
        error={isWhole ? undefined : say('wholeDays')}
      />
      {!isEmpty && <Plan region={region} fields={fields} />}
    </Form>
  );
}

function Plan({ region, fields }: { readonly region: string; readonly fields: PolicyFields }) {
  const say = useWords(words);
  const { hours, weekdays, timeZone } = fields;
  const asked = useAsk(
    PolicyPlanDocument,
    { input: { region, hours: [...hours], weekdays: [...weekdays], ...(timeZone !== '' && { timeZone }) } },
    { live: false },
  );
  const plan = asked.data?.policyPreview;
  if (plan === undefined) return null;
  return (
    <>
      <p>
        {say('perWeek', { count: plan.runsPerWeek })} · {say('worstLoss', { count: plan.worstLossHours })}
      </p>
      <NextRuns runs={plan.nextRuns} timeZone={plan.timeZone} />
    </>
  );
}
