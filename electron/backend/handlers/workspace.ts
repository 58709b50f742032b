import { dealCount, sampleCount } from '../../../db/read/workspace.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { Profile, Settings } from '../../contract/values.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

export function getWorkspace(open: Open): CallOutput<'workspace:get'> {
  const { read } = open.db;
  return {
    profile: open.office.profile(),
    settings: open.office.settings(),
    forms: [...open.resources.forms()],
    members: open.office.members().map(({ id, name }) => ({ id, name })),
    dealCount: dealCount(read),
    sampleCount: sampleCount(read),
    today: open.today(),
  };
}

export function saveProfile(open: Open, profile: ParsedInput<'workspace:save-profile'>): Profile {
  const saved = open.office.saveProfile(profile);
  open.deps.emit({ type: 'workspace:changed' });
  return saved;
}

export function saveSettings(open: Open, wanted: ParsedInput<'workspace:save-settings'>): Settings {
  const saved = open.office.saveSettings(wanted);
  open.deps.emit({ type: 'workspace:changed' });
  return saved;
}
