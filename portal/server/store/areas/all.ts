import type { Sql } from '../sql.ts';
import type { Tx } from '../types.ts';
import { AUDIT_SQL, auditOf } from './audit.ts';
import { CODE_SQL, codesOf } from './codes.ts';
import { COMMAND_SQL, commandsOf } from './commands.ts';
import { DEVICE_SQL, devicesOf } from './devices.ts';
import { FILE_SQL, filesOf } from './files.ts';
import { INTAKE_SQL, intakesOf } from './intakes.ts';
import { INVITATION_SQL, invitationsOf } from './invitations.ts';
import { JOB_SQL, jobsOf } from './jobs.ts';
import { LIMIT_SQL } from './limits.ts';
import { LINK_SQL, linksOf } from './links.ts';
import { MAIL_SQL, mailOf } from './mail.ts';
import { MEMBER_SQL, membersOf } from './members.ts';
import { PART_SQL, partsOf } from './parts.ts';
import { ROW_SQL, rowsOf } from './rows.ts';
import { SESSION_SQL, sessionsOf } from './sessions.ts';
import { UNIT_SQL, unitsOf } from './units.ts';
import { WORKSPACE_SQL, workspacesOf } from './workspaces.ts';

/**
 * All areas on one connection. A `Read` is the same object seen through its narrower type; its connection refuses to
 * write.
 */
export function areasOf(sql: Sql): Tx {
  return {
    storeId: async () => {
      const row = await sql.get<{ value: string }>(WORKSPACE_SQL.storeId);
      if (row === null) throw new Error('this store has no id');
      return row.value;
    },
    workspaces: workspacesOf(sql),
    members: membersOf(sql),
    devices: devicesOf(sql),
    codes: codesOf(sql),
    invitations: invitationsOf(sql),
    units: unitsOf(sql),
    rows: rowsOf(sql),
    commands: commandsOf(sql),
    audit: auditOf(sql),
    links: linksOf(sql),
    sessions: sessionsOf(sql),
    files: filesOf(sql),
    parts: partsOf(sql),
    jobs: jobsOf(sql),
    mail: mailOf(sql),
    intakes: intakesOf(sql),
  };
}

/** Every statement there is: the plan test walks all of them. */
export const STATEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  workspaces: WORKSPACE_SQL,
  members: MEMBER_SQL,
  devices: DEVICE_SQL,
  codes: CODE_SQL,
  invitations: INVITATION_SQL,
  units: UNIT_SQL,
  rows: ROW_SQL,
  commands: COMMAND_SQL,
  audit: AUDIT_SQL,
  links: LINK_SQL,
  sessions: SESSION_SQL,
  files: FILE_SQL,
  parts: PART_SQL,
  jobs: JOB_SQL,
  mail: MAIL_SQL,
  intakes: INTAKE_SQL,
  limits: LIMIT_SQL,
};

/** The few statements that go over all workspaces, or over none: they answer no request of a person. */
export const WITHOUT_WORKSPACE: readonly string[] = [
  'workspaces.storeId',
  'workspaces.setStoreId',
  'workspaces.keepStoreId',
  'workspaces.all',
  'jobs.dueWorkspaces',
  'mail.dueWorkspaces',
];
