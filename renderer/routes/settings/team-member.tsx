import { useState } from 'react';
import type { TeamView } from '../../../electron/contract/sync.ts';
import { keys, useToday } from '../../data/queries.ts';
import { refusalOf, useAskPortal } from '../../data/sync.ts';
import { counted } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { SelectField } from '../../ui/field.tsx';
import { Avatar } from '../../ui/marks.tsx';
import { firstName } from '../access/words.ts';
import { MEMBER_ROLES, type MemberRole, roleChoices } from './member-words.ts';
import styles from './portal.module.css';
import { CodeDialog, type NewCode } from './team-invite.tsx';

type Member = TeamView['members'][number];
type Device = Member['devices'][number];

/** One of the team: role, computers, and taking them off. The portal says what cannot be done, such as for the last admin. */
export function MemberCard(props: { readonly member: Member; readonly mayManage: boolean; readonly url: string }) {
  const { member, mayManage } = props;
  const ask = useAskPortal();
  const [wrong, setWrong] = useState<string | null>(null);
  const [asked, setAsked] = useState<'member' | Device | null>(null);
  const [code, setCode] = useState<NewCode | null>(null);
  const tell = async (asking: Promise<string | null>) => setWrong(await asking);
  const close = () => setAsked(null);
  async function makeCode(): Promise<void> {
    const told = await ask('team:device-code', { memberId: member.id });
    setWrong(told.ok ? null : told.sentence);
    if (told.ok) setCode(told.value);
  }
  return (
    <section className={styles.member} aria-label={member.name}>
      <div className={styles.line}>
        <Avatar name={member.name} isMe={member.isMe} />
        <p>
          <b>
            <bdi>{member.name}</bdi>
          </b>
          {member.isMe && ', you'}
          {!mayManage && <span className="t2">, {MEMBER_ROLES[member.role].title.toLowerCase()}</span>}
          {member.email !== '' && <small>{member.email}</small>}
        </p>
        {mayManage && (
          <div className={styles.role}>
            <SelectField
              label={`Role of ${member.name}`}
              isLabelHidden
              value={member.role}
              choices={roleChoices()}
              onChange={(role) =>
                role !== member.role &&
                void tell(
                  refusalOf(
                    ask('team:set-member', { memberId: member.id, role: role as MemberRole }, [keys.team, keys.sync]),
                  ),
                )
              }
            />
          </div>
        )}
      </div>
      {wrong && <Refusal says={wrong} />}
      <ul className={styles.devices} aria-label={`Computers of ${member.name}`}>
        {member.devices.map((device) => (
          <DeviceLine
            key={device.id}
            device={device}
            mayRevoke={mayManage || member.isMe}
            onRevoke={() => setAsked(device)}
          />
        ))}
        {member.devices.length === 0 && <li className="meta">No computer is signed in.</li>}
      </ul>
      {mayManage && !member.isMe && (
        <p className={styles.off}>
          <button type="button" className="btn bare sm" onClick={() => void makeCode()}>
            Code for a computer
          </button>
          <button type="button" className="btn bare sm" onClick={() => setAsked('member')}>
            Take off the team…
          </button>
        </p>
      )}
      {code && <CodeDialog code={code} url={props.url} whose={member.name} onClose={() => setCode(null)} />}
      {asked === 'member' && <TakeOff member={member} onClose={close} />}
      {asked !== null && asked !== 'member' && <RevokeDevice member={member} device={asked} onClose={close} />}
    </section>
  );
}

function DeviceLine(props: { readonly device: Device; readonly mayRevoke: boolean; readonly onRevoke: () => void }) {
  const { device } = props;
  const today = useToday();
  const seen = device.seenAt === null ? 'Not seen yet' : `Last here ${lower(fullInstant(device.seenAt, today))}`;
  return (
    <li className={styles.line}>
      <p>
        <bdi>{device.name}</bdi> <span className="meta">{device.isThis ? 'This computer' : seen}</span>
      </p>
      {props.mayRevoke && !device.isThis && (
        <button type="button" className="btn bare sm" aria-label={`Sign out ${device.name}`} onClick={props.onRevoke}>
          Sign out
        </button>
      )}
    </li>
  );
}

function RevokeDevice(props: { readonly member: Member; readonly device: Device; readonly onClose: () => void }) {
  const { member, device } = props;
  const ask = useAskPortal();
  return (
    <AskDialog
      title={`Sign out ${device.name}?`}
      lead={<p className="meta">{member.name}</p>}
      says="From now on the portal answers it nothing and takes nothing from it. What it sent stays with the team. What it has not sent stays on it and does not come, unless it is signed in again with a new code."
      verb="Sign it out"
      leave="Leave it signed in"
      onLeave={props.onClose}
      onAnswer={() => refusalOf(ask('team:revoke-device', { deviceId: device.id }, [keys.team]))}
    />
  );
}

function TakeOff(props: { readonly member: Member; readonly onClose: () => void }) {
  const { member } = props;
  const ask = useAskPortal();
  const name = firstName(member.name);
  const devices = member.devices.length;
  const goes =
    devices === 0
      ? 'They have no computer signed in.'
      : `${counted(devices, 'computer')} of theirs ${devices === 1 ? 'is' : 'are'} signed out at once.`;
  return (
    <AskDialog
      title={`Take ${member.name} off the team?`}
      says={`${goes} What ${name} did stays in every deal under their name, and so do the links of clients. Deals they have are still named theirs until you hand them over.`}
      verb="Take off the team"
      leave="Keep on the team"
      onLeave={props.onClose}
      onAnswer={() => refusalOf(ask('team:revoke-member', { memberId: member.id }, [keys.team]))}
    />
  );
}

function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
