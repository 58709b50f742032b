/** Words of the conversation with the team. */
export const thread = {
  title: (first: string) => `Messages with ${first}`,
  titleNobody: 'Messages with your coordinator',
  lead: 'Only you and the team read these.',
  none: 'Nothing was written yet.',
  list: 'Messages, oldest first',
  you: 'You',
  about: (title: string) => `About: ${title}`,
  aboutAll: 'About something else',
  label: (first: string) => `Write to ${first}`,
  labelNobody: 'Write to your coordinator',
  hint: 'Never write account numbers here.',
  send: 'Send',
  sent: 'Sent.',
  empty: 'Write something first.',
  urgent: 'If it cannot wait,',
  call: (name: string, phone: string) => `call ${name}, ${phone}`,
};
