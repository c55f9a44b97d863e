import { useState } from 'react';
import { Link } from 'react-aria-components';
import { ImagePageDocument, ImageShareDocument, ImageUnshareDocument } from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import type { PageParams } from '../../app/area.ts';
import { useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Menu } from '../../ui/menu.tsx';
import { EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Chip } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, IdText, None, Time } from '../../ui/values.tsx';
import { Exports } from './exports.tsx';
import { DeleteImage, EditImage, ExportImage, type Image, ImageToDisk, ShareImage } from './forms.tsx';
import { words } from './words.ts';

const DIALOGS = {
  edit: EditImage,
  share: ShareImage,
  disk: ImageToDisk,
  export: ExportImage,
  delete: DeleteImage,
} as const;

export default function ImagePage({ params }: PageParams) {
  const say = useWords(words);
  const to = useTo();
  const [open, setOpen] = useState<keyof typeof DIALOGS>();
  const asked = useAsk(ImagePageDocument, { id: params.id ?? '' });
  const above = { title: say('title'), href: to('images') };
  const image = asked.data?.image;
  if (image === undefined || image === null) {
    const isGone = image === null || asked.error?.code === 'NotFound';
    return (
      <Page title={params.id ?? ''} above={above}>
        {asked.error !== null && !isGone && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isPending && asked.error === null && <Waiting lines={6} />}
        {isGone && <EmptyState title={say('gone')} />}
      </Page>
    );
  }
  const Open = open === undefined ? undefined : DIALOGS[open];
  return (
    <Page
      title={image.name}
      above={above}
      beside={<IdText id={image.id} />}
      actions={<Acts image={image} onOpen={setOpen} />}
    >
      <Section title={say('facts')}>
        <Facts
          facts={[
            [say('size'), <Bytes key="s" value={image.sizeBytes} />],
            [say('kind'), say(image.diskKind)],
            [say('owner'), image.ownerAccountId],
            [say('created'), <Time key="c" at={image.createdAt} />],
            image.snapshotId !== null && [
              say('snapshot'),
              <Link key="n" href={to('snapshots', image.snapshotId)}>
                {image.snapshotId}
              </Link>,
            ],
            [say('encryption'), image.encryption?.keyId ?? say('plain')],
            [say('description'), image.description ?? <None key="d" />],
            [
              say('tags'),
              image.tags.length === 0 ? (
                <None key="t" />
              ) : (
                image.tags.map(({ key, value }) => <Chip key={key}>{value === '' ? key : `${key}=${value}`}</Chip>)
              ),
            ],
            [say('root'), <IdText key="r" id={image.root} />],
          ]}
        />
      </Section>
      {image.owned && <Shares image={image} />}
      {image.owned && <Exports image={image} />}
      {Open !== undefined && <Open image={image} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

interface ActsProps {
  readonly image: Image;
  readonly onOpen: (what: keyof typeof DIALOGS) => void;
}

function Acts({ image: { owned, encrypted }, onOpen }: ActsProps) {
  const say = useWords(words);
  const can = useCan();
  const why = encrypted ? say('encryptedWhy') : undefined;
  const entry = (id: keyof typeof DIALOGS, text: string, whyNot?: string) => ({
    id,
    text,
    onAct: () => onOpen(id),
    why: whyNot,
  });
  return (
    <Actions>
      {can('createDisk') && (
        <Button kind="primary" onPress={() => onOpen('disk')}>
          {say('toDisk')}
        </Button>
      )}
      <Menu
        acts={
          owned
            ? [
                can('exportImage') && entry('export', say('export'), why),
                can('shareImage') && entry('share', say('share'), why),
                can('updateImage') && entry('edit', say('edit')),
                can('deleteImage') && { ...entry('delete', say('delete')), danger: true },
              ]
            : []
        }
      />
    </Actions>
  );
}

/** A share that was taken back can be given again: no question. */
function Shares({ image: { id, sharedWith } }: { readonly image: Image }) {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const unshare = useChange(ImageUnshareDocument);
  const share = useChange(ImageShareDocument);
  if (sharedWith.length === 0) return null;
  const takeBack = (account: string) => {
    const input = { input: { imageId: id, accountIds: [account] } };
    unshare.mutate(input, {
      onSuccess: () => tell({ text: say('unshared', { account }), undo: () => share.mutate(input) }),
      onError: (error) => tell({ text: say('unshareFrom', { account }), error }),
    });
  };
  const columns: readonly Column<string>[] = [
    { id: 'account', title: say('shares'), width: '2fr', narrow: 'first', cell: (account) => <IdText id={account} /> },
    {
      id: 'act',
      title: say('unshare'),
      cell: (account) =>
        can('unshareImage') && (
          <Button kind="quiet" label={say('unshareFrom', { account })} onPress={() => takeBack(account)}>
            {say('unshare')}
          </Button>
        ),
    },
  ];
  return (
    <Section title={say('shares')}>
      <Table
        label={say('shares')}
        columns={columns}
        rows={sharedWith}
        idOf={(account) => account}
        nameOf={(account) => account}
        empty={null}
      />
    </Section>
  );
}
