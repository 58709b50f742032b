import { writeFailureOf } from '../../../db/failures.ts';
import { dealCount, sampleCount } from '../../../db/read/workspace.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { Profile, Settings } from '../../contract/values.ts';
import { type ParsedInput, type Unanswered, unanswered } from '../types.ts';
import type { Open } from './context.ts';

export function getWorkspace(open: Open): CallOutput<'workspace:get'> {
  const { read } = open.db;
  return {
    profile: open.office.profile(),
    settings: open.office.settings(),
    forms: [...open.resources.forms()],
    members: open.office.workspace().members.map(({ id, name }) => ({ id, name })),
    dealCount: dealCount(read),
    sampleCount: sampleCount(read),
    today: open.today(),
  };
}

export function saveProfile(open: Open, profile: ParsedInput<'workspace:save-profile'>): Profile | Unanswered {
  return saving(open, () => open.office.saveProfile(profile));
}

export function saveSettings(open: Open, wanted: ParsedInput<'workspace:save-settings'>): Settings | Unanswered {
  return saving(open, () => open.office.saveSettings(wanted));
}

/** A disk that refuses is told in words; anything else that is thrown is a defect. */
function saving<T>(open: Open, save: () => T): T | Unanswered {
  try {
    const saved = save();
    open.deps.emit({ type: 'workspace:changed' });
    return saved;
  } catch (error) {
    const failure = writeFailureOf(error);
    if (failure === null) throw error;
    return unanswered({ type: 'defect', message: failure.message });
  }
}
