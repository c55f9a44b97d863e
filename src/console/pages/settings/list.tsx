import { useState } from 'react';
import {
  SettingsOpenDocument,
  SettingsPageDocument,
  type SettingsPageQuery,
} from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { useRegion } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { FormDialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Banner, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { IdText, None, Time } from '../../ui/values.tsx';
import { Objectives } from './objectives.tsx';
import s from './settings.module.css';
import { words } from './words.ts';

/** As many tags of a region as can have an objective. */
const MOST_OBJECTIVES = 100;

export default function Settings() {
  const say = useWords(words);
  const region = useRegion();
  const asked = useAsk(SettingsPageDocument, { region, first: MOST_OBJECTIVES });
  const { data, error } = asked;
  return (
    <Page title={say('title')}>
      {error !== null && <ErrorNote error={error} onRetry={() => void asked.refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined && (
        <>
          <Account viewer={data.viewer} />
          <Service service={data.snapshotService} region={region} />
          <Objectives objectives={data.tagObjectives.nodes} region={region} />
        </>
      )}
    </Page>
  );
}

function Account({ viewer: { account, role, apiKey } }: { readonly viewer: SettingsPageQuery['viewer'] }) {
  const say = useWords(words);
  const isPaid = account.status === 'NORMAL';
  return (
    <Section title={say('account')}>
      <Facts
        facts={[
          [say('name'), account.name],
          [say('id'), <IdText key="i" id={account.id} />],
          [say('created'), <Time key="c" at={account.createdAt} />],
          [
            say('status'),
            <Status key="s" tone={isPaid ? 'ok' : 'danger'}>
              {say(account.status)}
            </Status>,
          ],
          account.serviceStopsAt !== null && [say('stops'), <Time key="o" at={account.serviceStopsAt} />],
          account.snapshotsDeletedAt !== null && [say('goes'), <Time key="d" at={account.snapshotsDeletedAt} />],
          [say('key'), `${apiKey.name} (${apiKey.id})`],
          [say('role'), role],
          [say('expires'), apiKey.expiresAt === null ? say('never') : <Time key="e" at={apiKey.expiresAt} />],
        ]}
      />
    </Section>
  );
}

interface ServiceProps {
  readonly service: SettingsPageQuery['snapshotService'];
  readonly region: string;
}

function Service({ service, region }: ServiceProps) {
  const say = useWords(words);
  const can = useCan();
  const [isReading, setReading] = useState(false);
  const { opened, openedAt, acceptedTerms, currentTerms } = service;
  const isOld = acceptedTerms !== currentTerms;
  return (
    <Section
      title={say('service', { region })}
      actions={
        can('openSnapshotService') &&
        (!opened || isOld) && (
          <Button kind="primary" onPress={() => setReading(true)}>
            {say('open')}
          </Button>
        )
      }
    >
      {opened && isOld && <Banner tone="warning">{say('newTerms', { version: currentTerms })}</Banner>}
      <Facts
        facts={[
          [
            say('opened'),
            opened ? (
              <Time key="o" at={openedAt} />
            ) : (
              <Status key="w" tone="warning">
                {say('closed')}
              </Status>
            ),
          ],
          [say('terms'), acceptedTerms ?? <None key="n" />],
        ]}
      />
      {isReading && <Terms service={service} region={region} onClose={() => setReading(false)} />}
    </Section>
  );
}

function Terms({ service, region, onClose }: ServiceProps & { readonly onClose: () => void }) {
  const say = useWords(words);
  const tell = useTell();
  const change = useChange(SettingsOpenDocument);
  const accept = () =>
    change.mutate(
      { input: { region, acceptedTerms: service.currentTerms } },
      {
        onSuccess: () => {
          tell({ text: say('isOpen', { region }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={say('accept', { version: service.currentTerms })}
      act={say('acceptAct')}
      onSubmit={accept}
      onClose={onClose}
      error={change.error}
      isPending={change.isPending}
      wide
    >
      <p className={s.terms}>{service.currentTermsText}</p>
    </FormDialog>
  );
}
