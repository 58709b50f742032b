import type { Workspace } from '../../../core/commands/types.ts';
import type { Member } from '../../../core/deals/model.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import { type Db, inWrite } from '../../../db/handles.ts';
import { readMembers, readSetting } from '../../../db/read/workspace.ts';
import { readGone } from '../../../db/sync/team.ts';
import { putMember } from '../../../db/write/members.ts';
import { putSetting } from '../../../db/write/settings.ts';
import { type Profile, Settings } from '../../contract/values.ts';
import type { Resources } from './resources.ts';

/** The workspace on this computer: who works here, under which office, with which settings. */
export interface Office {
  /** Everybody whose name is known, those who left the team as well. */
  members(): readonly Member[];
  /** As rules read it, with those who are on the team now. */
  workspace(): Workspace;
  actor(): Actor;
  profile(): Profile;
  saveProfile(profile: { readonly name: string; readonly office: string }): Profile;
  settings(): Settings;
  saveSettings(settings: Partial<Settings>): Settings;
  /** Reads again who works here, after a sync step wrote it (db/sync/team.ts). */
  reload(): void;
}

export interface OfficeDeps {
  readonly db: Db;
  readonly resources: Resources;
  /** What the person is called until they say so themselves. */
  readonly firstName: string;
  readonly newId: () => string;
}

const FIRST_SETTINGS: Settings = { theme: 'system', density: 'roomy' };

/** Opens the office; on a new computer the person working there becomes its first member. */
export function openOffice({ db, resources, firstName, newId }: OfficeDeps): Office {
  let myId = ensureMe(db, firstName, newId);
  let members = readMembers(db.read);
  let gone = readGone(db.read);
  const me = () => members.find((member) => member.id === myId) ?? { id: myId, name: firstName, role: 'tc', email: '' };
  const officeName = () => {
    const kept = readSetting(db.read, 'office');
    return typeof kept === 'string' ? kept : '';
  };
  const settings = () => {
    const kept = Settings.safeParse(readSetting(db.read, 'settings'));
    return kept.success ? kept.data : FIRST_SETTINGS;
  };
  const profile = () => ({ memberId: myId, name: me().name, office: officeName() });
  return {
    members: () => members,
    workspace: () => ({
      members: gone.size === 0 ? members : members.filter(({ id }) => !gone.has(id)),
      template: resources.template,
      packNames: resources.packNames,
    }),
    actor: () => ({ kind: 'member', memberId: myId, role: me().role }) as Actor,
    profile,
    saveProfile: ({ name, office }) => {
      inWrite(db, (write) => {
        putMember(write, { ...(me() as Member), name });
        putSetting(write, 'office', office);
      });
      members = readMembers(db.read);
      return profile();
    },
    settings,
    saveSettings: (wanted) => {
      const next = { ...settings(), ...wanted };
      inWrite(db, (write) => putSetting(write, 'settings', next));
      return next;
    },
    reload: () => {
      myId = ensureMe(db, firstName, newId);
      members = readMembers(db.read);
      gone = readGone(db.read);
    },
  };
}

function ensureMe(db: Db, firstName: string, newId: () => string): string {
  const kept = readSetting(db.read, 'me');
  if (typeof kept === 'string') return kept;
  const id = newId();
  inWrite(db, (write) => {
    putMember(write, { id, name: firstName, role: 'tc', email: '' });
    putSetting(write, 'me', id);
  });
  return id;
}
