import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Forgotten, SparserPolicies, Unprotected } from './advice.tsx';
import { Statement } from './statement.tsx';
import { words } from './words.ts';

const PARTS = ['statement', 'policies', 'forgotten', 'unprotected'] as const;

export default function Bills() {
  const say = useWords(words);
  const to = useTo();
  const region = useRegion();
  const [query] = useQueryState();
  const at = PARTS.find((part) => part === query.get('part')) ?? 'statement';
  const tabs = PARTS.map((id) => ({ id, title: say(id), href: `${to('bills')}?part=${id}` }));
  return (
    <Page title={say('title')}>
      <Tabs tabs={tabs} at={at} label={say('parts')}>
        {at === 'statement' && <Statement region={region} />}
        {at === 'policies' && <SparserPolicies region={region} />}
        {at === 'forgotten' && <Forgotten region={region} />}
        {at === 'unprotected' && <Unprotected region={region} />}
      </Tabs>
    </Page>
  );
}
