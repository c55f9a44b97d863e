import { useLocation } from 'wouter';
import { PolicyCreateDocument } from '../../../generated/console-operations.ts';
import { useChange } from '../../api/ask.ts';
import { useRegion, useTo } from '../../app/places.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Page, Section } from '../../ui/page.tsx';
import { EditPolicy, type PolicyFields } from './edit.tsx';
import { WEEKDAYS } from './grid.tsx';
import { words } from './words.ts';

const BLANK: PolicyFields = { name: '', hours: [2], weekdays: WEEKDAYS, timeZone: '', retentionDays: 30 };

/** After it is made, its disks are chosen. */
export default function NewPolicy() {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const tell = useTell();
  const [, go] = useLocation();
  const change = useChange(PolicyCreateDocument);
  const create = ({ name, hours, weekdays, timeZone, retentionDays }: PolicyFields) =>
    change.mutate(
      {
        input: {
          region,
          hours: [...hours],
          weekdays: [...weekdays],
          retentionDays,
          ...(name !== '' && { name }),
          ...(timeZone !== '' && { timeZone }),
        },
      },
      {
        onSuccess: ({ createPolicy: { policy } }) => {
          tell({ text: say('made', { name: policy.name }) });
          go(to('policies', policy.id, 'without'));
        },
      },
    );
  return (
    <Page title={say('newTitle')} above={{ title: say('title'), href: to('policies') }}>
      <Section>
        <EditPolicy
          region={region}
          before={BLANK}
          act={say('create')}
          error={change.error}
          isPending={change.isPending}
          onSave={create}
          onCancel={() => go(to('policies'))}
        />
      </Section>
    </Page>
  );
}
