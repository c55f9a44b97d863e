import { useState } from 'react';
import { useQueryState, useRegion, useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Objects } from './objects.tsx';
import { Scrubs, StartScrub } from './scrubs.tsx';
import { words } from './words.ts';

const PARTS = ['damaged', 'all', 'scrubs'] as const;

export default function Damage() {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const region = useRegion();
  const [query] = useQueryState();
  const [isStarting, setStarting] = useState(false);
  const at = PARTS.find((part) => part === query.get('part')) ?? 'damaged';
  const tabs = PARTS.map((id) => ({ id, title: say(id), href: `${to('damage')}?part=${id}` }));
  return (
    <Page
      title={say('title')}
      actions={
        can('startScrub') && (
          <Button kind="primary" onPress={() => setStarting(true)}>
            {say('start')}
          </Button>
        )
      }
    >
      <Tabs tabs={tabs} at={at} label={say('parts')}>
        {at === 'scrubs' ? <Scrubs region={region} /> : <Objects key={at} region={region} healed={at === 'all'} />}
      </Tabs>
      {isStarting && <StartScrub region={region} onClose={() => setStarting(false)} />}
    </Page>
  );
}
