import type { VaultFailureType } from '../vault/failures.ts';

/** What kept a deal's folder from being brought in step. Nothing is lost by it; the next sync tries again. */
export interface FolderProblem {
  readonly type: keyof typeof SENTENCES;
  readonly sentence: string;
  /** The file it is about, below the deal's folder; null for the folder itself. */
  readonly relPath: string | null;
}

const SENTENCES = {
  RootMissing:
    'The folder for deals is not there. Every document is safe in Closeboard; connect the disk or choose another folder.',
  Unwritable:
    'Closeboard may not write in the folder of this deal. Every document is safe in Closeboard; check who may write there.',
  Full: 'The disk of the deal folders is full. Every document is safe in Closeboard; free some space.',
  Unreadable: 'The folder of this deal cannot be read. Nothing was changed in it.',
  TooMany:
    'There are more than 20,000 files in the folder of this deal. Nothing was changed in it; move what does not belong there.',
  FolderNameTaken: 'Another folder has the new name of this deal. The folder keeps its old name.',
  FolderBusy: 'The folder of this deal is open in another program and keeps its old name for now.',
  NotHere: 'This document is not on this computer yet. It comes into the folder when it has arrived.',
  Damaged: 'The kept copy of this document no longer reads as it was filed. It was not put into the folder.',
  TooBig: 'This file is larger than Closeboard takes. It stays in the folder and was not filed.',
  VaultFull: 'The disk is full, so a new file in this folder could not be filed. It stays where it is.',
  VaultUnwritable:
    'Closeboard cannot write to its own folder, so a new file here could not be filed. It stays where it is.',
  Cancelled: 'Stopped before the folder was in step. The next time goes on from here.',
} as const;

export function problem(type: FolderProblem['type'], relPath: string | null = null): FolderProblem {
  return { type, sentence: SENTENCES[type], relPath };
}

/** Why a copy did not get into the folder; null when it just has to wait for the next sync. */
export function outProblem(type: VaultFailureType, relPath: string): FolderProblem | null {
  switch (type) {
    case 'NoSpace':
      return problem('Full', relPath);
    case 'Missing':
      return problem('NotHere', relPath);
    case 'Damaged':
      return problem('Damaged', relPath);
    case 'Cancelled':
      return problem('Cancelled');
    case 'NameTaken':
      return null;
    default:
      return problem('Unwritable', relPath);
  }
}

/** Why a file of the folder did not get into the vault; null when it just has to wait. */
export function inProblem(type: VaultFailureType, relPath: string): FolderProblem | null {
  switch (type) {
    case 'NoSpace':
      return problem('VaultFull', relPath);
    case 'ReadOnly':
      return problem('VaultUnwritable', relPath);
    case 'TooBig':
      return problem('TooBig', relPath);
    case 'Cancelled':
      return problem('Cancelled');
    default:
      return null;
  }
}
