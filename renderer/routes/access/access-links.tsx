import { useState } from 'react';
import type { AccessEntry, LinkView } from '../../../electron/contract/sync.ts';
import { keys, useToday } from '../../data/queries.ts';
import { refusalOf, useAskPortal } from '../../data/sync.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Mark } from '../../ui/marks.tsx';
import { Switch } from '../settings/folders-switch.tsx';
import styles from './access.module.css';
import { FEED_WORDS, firstName, LINK_FACES, STEP_WORDS, untilText, usedText } from './words.ts';

interface Props {
  readonly dealId: string;
  readonly entry: AccessEntry;
  readonly mayChange: boolean;
}

/** The links of a person: what each is now, until when, when it was last used. The open ones first. */
export function Links(props: Props) {
  const { entry } = props;
  if (entry.links.length === 0) return null;
  const rank = (link: LinkView) => (link.state === 'open' ? 0 : 1);
  const links = [...entry.links].sort((one, other) => rank(one) - rank(other));
  return (
    <section aria-label="Links">
      <h3>Links</h3>
      <ol className={styles.links}>
        {links.map((link) => (
          <li key={link.id}>
            <OneLink {...props} link={link} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function revokeWords(fullName: string) {
  return {
    title: `Revoke ${fullName}’s link?`,
    says: `It stops working at once, on every device. What ${firstName(fullName)} downloaded stays with them, and what they sent stays on the deal. You can make a new link later.`,
    verb: 'Revoke it now',
    leave: 'Keep the link',
  };
}

function endFeedWords(fullName: string) {
  return {
    title: `End ${fullName}’s calendar feed?`,
    says: `Calendars that follow it get nothing new from now on; what they have stays in them. The link of ${firstName(fullName)} still works, and they can make another feed on their page.`,
    verb: 'End it now',
    leave: 'Keep the feed',
  };
}

function OneLink(props: Props & { readonly link: LinkView }) {
  const { dealId, entry, link } = props;
  const today = useToday();
  const ask = useAskPortal();
  const [wrong, setWrong] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const face = LINK_FACES[link.state];
  const about = [keys.access(dealId), keys.trail(dealId)];
  const name = firstName(entry.name);
  const isFeed = link.kind === 'calendar';
  const asked = isFeed ? endFeedWords(entry.name) : revokeWords(entry.name);
  const canChange = link.state === 'open' && props.mayChange;
  return (
    <>
      <p className={styles.linkHead}>
        <Mark state={face.state} shape={face.shape}>
          {isFeed ? `Calendar feed, ${face.says.toLowerCase()}` : face.says}
        </Mark>
        <span className="t2">{untilText(link, today)}</span>
        {canChange && (
          <button type="button" className="btn sm push" onClick={() => setAsking(true)}>
            {isFeed ? 'End now' : 'Revoke now'}
          </button>
        )}
      </p>
      <p className="meta">
        {isFeed ? FEED_WORDS : STEP_WORDS[link.secondStep]}
        {link.address === '' ? '' : `, to ${link.address}`}. {usedText(link, today)}. Made{' '}
        {fullInstant(link.madeAt, today).replace(/^(Today|Yesterday)/, (word) => word.toLowerCase())}
        {link.madeByName === '' ? '' : ` by ${link.madeByName}`}.
      </p>
      {canChange && link.kind === 'portal' && (
        <Switch
          label="May download files"
          isOn={link.mayDownload}
          onChange={async (mayDownload) =>
            setWrong(await refusalOf(ask('access:set-download', { dealId, linkId: link.id, mayDownload }, about)))
          }
        >
          {link.mayDownload ? `${name} can keep what is shown.` : `${name} can read files and not download them.`}
        </Switch>
      )}
      {wrong && <Refusal says={wrong} />}
      {isAsking && (
        <AskDialog
          {...asked}
          onLeave={() => setAsking(false)}
          onAnswer={() => refusalOf(ask('access:revoke-link', { dealId, linkId: link.id }, about))}
        />
      )}
    </>
  );
}
