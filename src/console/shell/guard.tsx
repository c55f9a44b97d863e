import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Banner } from '../ui/notes.tsx';
import { words } from './words.ts';

interface GuardProps {
  readonly children: ReactNode;
  /** Another one begins anew: the page that failed is left. */
  readonly at?: string;
}

/** Catches what a page throws: the rest of the console stays. */
export class Guard extends Component<GuardProps, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: GuardProps): void {
    if (before.at !== this.props.at && this.state.error !== undefined) this.setState({ error: undefined as never });
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { readonly error: Error }) {
  const say = useWords(words);
  return (
    <Banner tone="danger" actions={<Button onPress={() => location.reload()}>{say('reload')}</Button>}>
      <h1>{say('broken')}</h1>
      <p>{say('brokenHelp')}</p>
      <code>{error.message}</code>
    </Banner>
  );
}
