import type { PersonHome } from '../../api/person-home.ts';
import type { Messages } from '../messages.ts';

/** The way from home to sending what nobody asked for; null for a look as somebody, and once the deal is over. */
export function sendingDoor(home: PersonHome, { upload }: Messages) {
  if (home.isPreview || (home.progress?.outcome ?? null) !== null) return null;
  return { at: { screen: 'upload', id: '' } as const, icon: 'camera' as const, ...upload.door };
}
