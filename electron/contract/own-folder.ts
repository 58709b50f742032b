/** Folders of ours that a person may open in the system's file manager. */
export type OwnFolder = 'data' | 'backups' | 'deal';

/**
 * Where one lies below the data folder, as path segments. Null for a name that is more than one plain segment: what the
 * page says never leads out of our own folders.
 */
export function ownFolder(which: OwnFolder, name: string | undefined): readonly string[] | null {
  if (which === 'data') return [];
  if (which === 'backups') return ['backups'];
  const isPlain = name !== undefined && name !== '' && !/^\.+$/.test(name) && !/[/\\\p{Cc}]/u.test(name);
  return isPlain ? ['Deals', name] : null;
}
