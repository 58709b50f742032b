import { useState } from 'react';
import type { TeamView } from '../../../electron/contract/sync.ts';
import { asCallError } from '../../data/api.ts';
import { keys, useToday } from '../../data/queries.ts';
import { refusalOf, useAskPortal, useTeam } from '../../data/sync.ts';
import { counted } from '../../data/words.ts';
import { Refusal, Waiting } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { MEMBER_ROLES } from './member-words.ts';
import styles from './portal.module.css';
import { CodeDialog, InviteDialog, type NewCode } from './team-invite.tsx';
import { MemberCard } from './team-member.tsx';

/** Who is on the team and with which computers. Without an answer of the portal, why there is none. */
export function Team(props: { readonly url: string }) {
  const team = useTeam();
  if (team.isError)
    return <NoTeam sentence={asCallError(team.error).message} onAgain={() => void team.refetch()} isBusy={false} />;
  if (team.data === undefined) return <Waiting says="Asking who is on the team" />;
  if (team.data.kind === 'no')
    return (
      <NoTeam
        sentence={team.data.type === 'offline' ? AWAY : team.data.sentence}
        onAgain={() => void team.refetch()}
        isBusy={team.isFetching}
      />
    );
  return <Members team={team.data.value} url={props.url} />;
}

/** How the connection stands is said above this already. */
const AWAY = 'Who is on the team is kept on the portal, and shown when it answers.';

function NoTeam(props: { readonly sentence: string; readonly isBusy: boolean; readonly onAgain: () => void }) {
  return (
    <div className={styles.none}>
      <p role="status">{props.sentence}</p>
      <button type="button" className="btn" onClick={props.onAgain}>
        {props.isBusy ? 'Asking again' : 'Try again'}
      </button>
    </div>
  );
}

function Members(props: { readonly team: TeamView; readonly url: string }) {
  const { team } = props;
  const here = team.members.filter((member) => !member.isGone);
  const gone = team.members.filter((member) => member.isGone);
  const [isInviting, setInviting] = useState(false);
  const [code, setCode] = useState<NewCode | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const ask = useAskPortal();
  async function deviceCode(): Promise<void> {
    const told = await ask('team:device-code', {});
    setWrong(told.ok ? null : told.sentence);
    if (told.ok) setCode(told.value);
  }
  return (
    <section className={styles.team} aria-label="Team">
      <h3>{counted(here.length, 'person', 'people')} on the team</h3>
      <ul className={styles.members} aria-label="Members">
        {[...here]
          .sort((one, other) => Number(other.isMe) - Number(one.isMe))
          .map((member) => (
            <li key={member.id}>
              <MemberCard member={member} mayManage={team.mayManage} url={props.url} />
            </li>
          ))}
      </ul>
      {team.invitations.length > 0 && <Invitations team={team} />}
      {wrong && <Refusal says={wrong} />}
      <p className={styles.acts}>
        {team.mayManage && (
          <button type="button" className="btn" onClick={() => setInviting(true)}>
            Invite somebody…
          </button>
        )}
        <button type="button" className="btn" onClick={() => void deviceCode()}>
          Code for another computer of yours
        </button>
      </p>
      {gone.length > 0 && (
        <details>
          <summary>{counted(gone.length, 'person has', 'people have')} left</summary>
          <ul className={styles.members}>
            {gone.map((member) => (
              <li key={member.id}>
                <p className="t2">
                  <bdi>{member.name}</bdi>, {MEMBER_ROLES[member.role].title.toLowerCase()}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
      {isInviting && <InviteDialog url={props.url} onClose={() => setInviting(false)} />}
      {code && <CodeDialog code={code} url={props.url} whose={null} onClose={() => setCode(null)} />}
    </section>
  );
}

/** Codes that were given out and not used yet. */
function Invitations(props: { readonly team: TeamView }) {
  const { team } = props;
  const today = useToday();
  const ask = useAskPortal();
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <section aria-label="Invitations">
      <h4>Invited, not here yet</h4>
      <ul className={styles.members}>
        {team.invitations.map((invitation) => (
          <li key={invitation.id} className={styles.line}>
            <p>
              <bdi>{invitation.name}</bdi>, {MEMBER_ROLES[invitation.role].title.toLowerCase()}
              <small>The code works until {fullInstant(invitation.expiresAt, today).replace(/^Today/, 'today')}</small>
            </p>
            {team.mayManage && (
              <button
                type="button"
                className="btn bare sm"
                aria-label={`Withdraw the invitation of ${invitation.name}`}
                onClick={async () =>
                  setWrong(await refusalOf(ask('team:withdraw', { invitationId: invitation.id }, [keys.team])))
                }
              >
                Withdraw
              </button>
            )}
          </li>
        ))}
      </ul>
      {wrong && <Refusal says={wrong} />}
    </section>
  );
}
