import { type ReactNode, useState } from 'react';
import { OverviewOpenDocument, OverviewTermsDocument } from '../../../generated/console-operations.ts';
import { useAsk, useChange } from '../../api/ask.ts';
import { useTo } from '../../app/places.ts';
import { useCan } from '../../app/session.ts';
import { useTell } from '../../app/tray.tsx';
import { useWords } from '../../i18n/words.ts';
import { Actions, Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Section } from '../../ui/page.tsx';
import s from './overview.module.css';
import type { Overview } from './overview.tsx';
import { words } from './words.ts';

/** Not all of the four steps are done. */
export function isEmpty({ overview, snapshotService, newest }: Overview): boolean {
  return !snapshotService.opened || overview.disks.total === 0 || newest.nodes.length === 0;
}

interface Step {
  readonly title: string;
  readonly help: ReactNode;
  readonly isDone: boolean;
  readonly act: ReactNode;
}

export function FirstSteps({ told, region }: { readonly told: Overview; readonly region: string }) {
  const say = useWords(words);
  const to = useTo();
  const can = useCan();
  const asAdmin = <span className={s.muted}>{say('asAdmin')}</span>;
  const steps: readonly Step[] = [
    {
      title: say('stepTerms'),
      help: say('stepTermsHelp'),
      isDone: told.snapshotService.opened,
      act: can('openSnapshotService') ? <OpenService region={region} /> : asAdmin,
    },
    {
      title: say('stepDisk'),
      help: (
        <>
          {say('stepDiskHelp')} <code className={s.code}>varve disk import FILE --name my-disk</code>
        </>
      ),
      isDone: told.overview.disks.total > 0,
      act: can('createDisk') && (
        <LinkButton kind="primary" href={to('disks', 'new')}>
          {say('newDisk')}
        </LinkButton>
      ),
    },
    {
      title: say('stepPolicy'),
      help: say('stepPolicyHelp'),
      isDone: told.policies.nodes.length > 0,
      act: can('createPolicy') && (
        <LinkButton kind="primary" href={to('policies', 'new')}>
          {say('newPolicy')}
        </LinkButton>
      ),
    },
    {
      title: say('stepSnapshot'),
      help: say('stepSnapshotHelp'),
      isDone: told.newest.nodes.length > 0,
      act: (
        <LinkButton kind="primary" href={to('disks')}>
          {say('toDisks')}
        </LinkButton>
      ),
    },
  ];
  const next = steps.findIndex(({ isDone }) => !isDone);
  return (
    <Section title={say('firstSteps')}>
      <p className={s.muted}>{say('firstStepsHelp')}</p>
      <ol className={s.steps}>
        {steps.map(({ title, help, isDone, act }, at) => (
          <li key={title} {...(at === next && { 'aria-current': 'step' as const })}>
            <span className={`${s.number} ${isDone ? s.isDone : at === next ? s.isNext : ''}`}>
              {isDone ? <Icon name="check" /> : at + 1}
            </span>
            <div>
              <h3>{title}</h3>
              <div className={s.muted}>{help}</div>
            </div>
            {isDone ? <span className={s.muted}>{say('stepDone')}</span> : at === next && act}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function OpenService({ region }: { readonly region: string }) {
  const say = useWords(words);
  const tell = useTell();
  const [isOpen, setOpen] = useState(false);
  const terms = useAsk(OverviewTermsDocument, { region }, { live: false, enabled: isOpen });
  const change = useChange(OverviewOpenDocument);
  const acceptedTerms = terms.data?.snapshotService.currentTerms;
  const accept = (accepted: string) =>
    change.mutate(
      { input: { region, acceptedTerms: accepted } },
      {
        onSuccess: () => {
          tell({ text: say('opened') });
          setOpen(false);
        },
      },
    );
  return (
    <>
      <Button kind="primary" onPress={() => setOpen(true)}>
        {say('openService')}
      </Button>
      <Dialog title={say('stepTerms')} isOpen={isOpen} onClose={() => setOpen(false)}>
        {terms.error !== null && <ErrorNote error={terms.error} />}
        {terms.data === undefined ? (
          <Waiting />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled with the keys
          <section className={s.terms} tabIndex={0} aria-label={say('stepTerms')}>
            {terms.data.snapshotService.currentTermsText}
          </section>
        )}
        {change.error !== null && <ErrorNote error={change.error} />}
        {acceptedTerms !== undefined && (
          <Actions>
            <Button kind="primary" isPending={change.isPending} onPress={() => accept(acceptedTerms)}>
              {say('accept')}
            </Button>
          </Actions>
        )}
      </Dialog>
    </>
  );
}
