import {
  ImageExportCancelDocument,
  ImageExportsDocument,
  type ImageExportsQuery,
} from '../../../generated/console-operations.ts';
import { useChange, useList } from '../../api/ask.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Section } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Status } from '../../ui/status.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Bytes, None, Time } from '../../ui/values.tsx';
import type { Image } from './forms.tsx';
import { words } from './words.ts';

type Row = ImageExportsQuery['imageExports']['nodes'][number];

const TONES = { RUNNING: 'running', SUCCEEDED: 'ok', FAILED: 'danger', CANCELLED: 'idle', EXPIRED: 'idle' } as const;

/** Files that were made from an image, with their progress. */
export function Exports({ image: { id, region } }: { readonly image: Image }) {
  const say = useWords(words);
  const can = useCan();
  const tell = useTell();
  const list = useList(
    ImageExportsDocument,
    { region, first: 50, filter: { imageId: id } },
    { page: ({ imageExports }) => imageExports, unsettled: ({ status }) => status === 'RUNNING' },
  );
  const cancel = useChange(ImageExportCancelDocument);
  const doCancel = (exportId: string) =>
    cancel.mutate(
      { input: { exportId } },
      {
        onSuccess: () => tell({ text: say('exportCancelled') }),
        onError: (error) => tell({ text: say('cancelExport'), error }),
      },
    );
  const columns: readonly Column<Row>[] = [
    {
      id: 'file',
      title: say('file'),
      width: '2fr',
      narrow: 'first',
      cell: ({ key, bucket }) => <span title={key}>{bucket === null ? key : `${bucket}/${key}`}</span>,
    },
    { id: 'status', title: say('status'), width: '1.5fr', narrow: 'first', cell: (row) => <State row={row} /> },
    { id: 'size', title: say('size'), align: 'end', cell: ({ totalBytes }) => <Bytes value={totalBytes} /> },
    {
      id: 'created',
      title: say('created'),
      narrow: 'never',
      cell: ({ createdAt }) => <Time at={createdAt} form="short" />,
    },
    { id: 'until', title: say('until'), cell: ({ expiresAt }) => <Time at={expiresAt} form="short" /> },
    {
      id: 'act',
      title: say('download'),
      width: '110px',
      cell: ({ id: exportId, status, downloadUrl, key }) => {
        if (status === 'RUNNING' && can('cancelImageExport')) {
          return (
            <Button kind="quiet" onPress={() => doCancel(exportId)}>
              {say('cancelExport')}
            </Button>
          );
        }
        return downloadUrl === null ? (
          <None />
        ) : (
          <a href={downloadUrl} download={key.split('/').at(-1)}>
            {say('download')}
          </a>
        );
      },
    },
  ];
  return (
    <Section title={say('exports')}>
      <Table
        label={say('exports')}
        columns={columns}
        rows={list.nodes}
        idOf={(row) => row.id}
        nameOf={({ key }) => key}
        list={list}
        empty={<EmptyState title={say('noExports')} />}
      />
    </Section>
  );
}

function State({ row: { status, doneBytes, totalBytes, problem } }: { readonly row: Row }) {
  const say = useWords(words);
  if (status === 'RUNNING') {
    const percent = totalBytes === null || totalBytes === 0 ? null : (doneBytes / totalBytes) * 100;
    return <Progress label={problem?.message ?? say('RUNNING')} percent={percent} hideLabel={problem === null} />;
  }
  return (
    <span title={problem?.message}>
      <Status tone={TONES[status]}>{say(status)}</Status>
    </span>
  );
}
