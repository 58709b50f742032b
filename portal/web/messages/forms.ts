import type { FormQuestion, OwnForm } from '../../api/person-home.ts';

/** Words of questions and their answers. */
export const forms = {
  list: 'Questions for you',
  none: 'Nobody has asked you anything yet.',
  gone: 'These questions are not here any more',
  goneText: 'They may have been taken back or answered. Nothing that you sent is lost.',
  lead: 'What you type is kept on this device until you send it.',
  returned: (reason: string) =>
    `Sent back to you: “${reason}” Your answers are still here. Change what is asked, and send them again.`,
  send: 'Send my answers',
  yes: 'Yes',
  no: 'No',
  unknown: 'I do not know',
  optional: 'You may leave this out.',
  notAnswered: 'Not answered',
  someWrong: (count: number) =>
    count === 1
      ? 'One answer needs another look. Nothing is sent yet.'
      : `${count} answers need another look. Nothing is sent yet.`,
  missing: 'Please answer this one.',
  missingOrUnknown: 'Please answer this one, or say that you do not know.',
  wrong: {
    choice: 'Choose one of these.',
    'yes-no': 'Answer yes or no.',
    year: 'Write the year with four digits, like 1987.',
    money: 'Write an amount in dollars, like 650,000.',
    text: 'That is too long. Use 200 letters or fewer.',
    email: 'That is no e‑mail address. It looks like name@example.com.',
    phone: 'Write the whole number with its area code, like (916) 555-0123.',
    state: 'Write the state by its name or its two letters, like California or CA.',
    zip: 'A ZIP code has five digits.',
    day: 'Choose a day from the calendar.',
  } satisfies Record<FormQuestion['kind'], string>,
  states: {
    asked: 'Waiting for your answers.',
    returned: 'Sent back to you.',
    sent: 'Your answers are sent. Your coordinator is looking at them.',
    taken: 'Your answers are taken over. Thank you.',
  } satisfies Record<OwnForm['state'], string>,
};
