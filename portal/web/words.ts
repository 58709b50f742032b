import { createContext, useContext } from 'react';
import { en, type Messages } from './messages.ts';

export const Words = createContext<Messages>(en);

/** The words of the language that this page is in. */
export function useWords(): Messages {
  return useContext(Words);
}
