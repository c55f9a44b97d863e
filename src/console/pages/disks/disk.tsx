import { useState } from 'react';
import { Link } from 'react-aria-components';
import { DiskPageDocument, type DiskPageQuery } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Bytes, IdText, None, Num, Time } from '../../ui/values.tsx';
import { CreateSnapshot } from './create-snapshot.tsx';
import { DiskState, isMoving, Protection } from './states.tsx';
import { words } from './words.ts';

export type Disk = NonNullable<DiskPageQuery['disk']>;

export default function DiskPage({ params }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const [isCreating, setCreating] = useState(false);
  const asked = useAsk(
    DiskPageDocument,
    { id: params.id ?? '' },
    { unsettled: ({ disk }) => disk !== null && isMoving(disk) },
  );
  const above = { title: say('title'), href: to('disks') };
  const disk = asked.data?.disk;
  if (disk === undefined || disk === null) {
    return (
      <Page title={params.id ?? ''} above={above}>
        {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
        {disk === null && <EmptyState title={say('gone')} />}
      </Page>
    );
  }
  return (
    <Page
      title={disk.name}
      above={above}
      beside={
        <>
          <DiskState status={disk.status} />
          <IdText id={disk.id} />
        </>
      }
      actions={
        can('createSnapshot') &&
        disk.category !== 'LOCAL' && (
          <Button kind="primary" onPress={() => setCreating(true)}>
            {say('createSnapshot')}
          </Button>
        )
      }
    >
      <Section title={say('protection')}>
        <Facts
          facts={[
            [say('protection'), <Protection key="p" protection={disk.protection} />],
            [say('newest'), <Time key="n" at={disk.protection?.newestUsableAt ?? null} />],
            [say('policy'), disk.policy?.name ?? <None key="o" />],
            [say('nextRun'), <Time key="r" at={disk.policy?.nextRunAt ?? null} />],
          ]}
        />
      </Section>
      <Section title={say('facts')}>
        <Facts facts={factsOf(disk, say, to)} />
      </Section>
      <CreateSnapshot disk={disk} isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function factsOf(disk: Disk, say: ReturnType<typeof useWords<typeof words.en>>, to: ReturnType<typeof useTo>) {
  return [
    [say('size'), <Bytes key="s" value={disk.sizeBytes} />],
    [say('contents'), <Bytes key="c" value={disk.sizes?.totalBytes ?? null} />],
    [say('stored'), <Bytes key="t" value={disk.sizes?.totalStoredBytes ?? null} />],
    [say('changed'), <Bytes key="o" value={disk.sizes?.ownBytes ?? null} />],
    [say('kind'), say(disk.kind)],
    [say('version'), <Num key="v" value={disk.version} />],
    [
      say('instances'),
      disk.instances.length === 0
        ? say('noInstance')
        : disk.instances.map(({ id, name }) => (
            <Link key={id} href={to('instances', id)}>
              {name}
            </Link>
          )),
    ],
    [say('encryption'), disk.encryption?.keyId ?? say('plain')],
    [say('created'), <Time key="a" at={disk.createdAt} />],
  ] as const;
}
