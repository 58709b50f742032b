import { createContext, useContext } from 'react';
import { type IntakeMessages, intake } from '../messages/intake.ts';

/** Apart from those of a deal's page: neither page loads the words of the other. */
export const IntakeWords = createContext<IntakeMessages>(intake);

export function useIntakeWords(): IntakeMessages {
  return useContext(IntakeWords);
}
