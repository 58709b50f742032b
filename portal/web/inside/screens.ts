import type { ComponentType } from 'react';
import type { At, ScreenName } from './at.ts';

export interface ScreenProps {
  readonly at: At;
}

/** Where each screen is loaded from, when it is first opened. */
export const loaders: Readonly<Record<ScreenName, () => Promise<ComponentType<ScreenProps>>>> = {
  tasks: async () => (await import('../tasks/tasks-screen.tsx')).TasksScreen,
  documents: async () => (await import('../documents/documents-screen.tsx')).DocumentsScreen,
  read: async () => (await import('../reading/read-screen.tsx')).ReadScreen,
  sent: async () => (await import('../documents/sent-screen.tsx')).SentScreen,
  forms: async () => (await import('../forms/forms-screen.tsx')).FormsScreen,
  form: async () => (await import('../forms/form-screen.tsx')).FormScreen,
  messages: async () => (await import('../thread/thread-screen.tsx')).ThreadScreen,
  calendar: async () => (await import('../calendar/calendar-screen.tsx')).CalendarScreen,
  changes: async () => (await import('../changes/changes-screen.tsx')).ChangesScreen,
  change: async () => (await import('../changes/change-screen.tsx')).ChangeScreen,
  'ask-change': async () => (await import('../changes/ask-screen.tsx')).AskScreen,
  people: async () => (await import('../people/people-screen.tsx')).PeopleScreen,
  propose: async () => (await import('../people/propose-screen.tsx')).ProposeScreen,
  closing: async () => (await import('../closing/closing-screen.tsx')).ClosingScreen,
  upload: async () => (await import('../upload/upload-screen.tsx')).UploadScreen,
};
