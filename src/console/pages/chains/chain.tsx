import { Link } from 'react-aria-components';
import { ChainPageDocument, type ChainPageQuery } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useQueryState, useTo } from '../../app/places.ts';
import { useWords } from '../../i18n/words.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Bytes, IdText, Num } from '../../ui/values.tsx';
import { Figure, isSmall } from './figure.tsx';
import { Picture } from './picture.tsx';
import { Twin } from './twin.tsx';
import { words } from './words.ts';

export type Chain = NonNullable<ChainPageQuery['chain']>;
export type ChainNode = Chain['nodes']['nodes'][number];

/** As many as a chain can have by hand and by policies together, in the product's limits. */
const NODES = 512;

export default function ChainPage({ params }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const asked = useAsk(
    ChainPageDocument,
    { id: params.id ?? '', first: NODES },
    { unsettled: ({ chain }) => chain?.nodes.nodes.some(({ sizes }) => sizes === null) === true },
  );
  const above = { title: say('title'), href: to('chains') };
  const chain = asked.data?.chain;
  if (chain === undefined || chain === null) {
    const isGone = chain === null || asked.error?.code === 'NotFound';
    return (
      <Page title={params.id ?? ''} above={above}>
        {asked.error !== null && !isGone && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
        {isGone && <EmptyState title={say('gone')} />}
      </Page>
    );
  }
  const { id, disk, manualQuota, autoQuota, trash } = chain;
  const quota = ({ used, limit }: Chain['manualQuota']) => say('ofLimit', { used: used ?? 0, limit });
  return (
    <Page
      title={disk?.name ?? say('released', { id })}
      above={above}
      beside={<IdText id={id} />}
      actions={<LinkButton href={`${to('snapshots')}?disk=${encodeURIComponent(id)}`}>{say('showAll')}</LinkButton>}
    >
      <Section title={say('capacity')}>
        <Facts
          facts={[
            disk !== null && [
              say('disk'),
              <Link key="d" href={to('disks', disk.id)}>
                {disk.name}
              </Link>,
            ],
            [say('snapshots'), <Num key="n" value={chain.snapshotCount} />],
            [say('logical'), <Bytes key="l" value={chain.capacity?.logicalBytes ?? null} />],
            [say('stored'), <Bytes key="s" value={chain.capacity?.storedBytes ?? null} />],
            [say('manual'), quota(manualQuota)],
            [say('auto'), quota(autoQuota)],
            [say('trash'), <Num key="t" value={trash.count} />],
          ]}
        />
      </Section>
      <Views chain={chain} />
    </Page>
  );
}

function Views({ chain }: { readonly chain: Chain }) {
  const say = useWords(words);
  const to = useTo();
  const [query] = useQueryState();
  const tabs = [
    { id: 'picture', title: say('asPicture') },
    { id: 'table', title: say('asTable') },
    ...(isSmall(chain) ? [{ id: 'figure', title: say('asFigure') }] : []),
  ].map((tab) => ({ ...tab, href: `${to('chains', chain.id)}?view=${tab.id}` }));
  const at = tabs.find(({ id }) => id === query.get('view'))?.id ?? 'picture';
  return (
    <Section title={say('picture')}>
      <Tabs tabs={tabs} at={at} label={say('view')}>
        {chain.nodes.pageInfo.hasNextPage && <p>{say('onlyFirst', { count: NODES })}</p>}
        {at === 'picture' && <Picture chain={chain} />}
        {at === 'table' && <Twin chain={chain} />}
        {at === 'figure' && <Figure chain={chain} />}
      </Tabs>
    </Section>
  );
}
