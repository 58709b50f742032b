import { COMMAND_NAMES, type CommandName } from '../../../core/commands/registry.ts';

/** What somebody tried when a command was refused: it has no label of its own, since nothing was done. */
const TRIED: Readonly<Record<CommandName, string>> = {
  createDeal: 'open a deal',
  changeAddress: 'change the address',
  setPrice: 'change the price',
  setAnchor: 'move a date',
  moveStage: 'move the deal to another stage',
  assignDeal: 'hand the deal to somebody else',
  closeDeal: 'close the deal',
  withdrawDeal: 'withdraw the deal',
  reopenDeal: 'reopen the deal',
  addTask: 'add a task',
  editTask: 'change a task',
  assignTask: 'give a task to somebody else',
  completeTask: 'mark a task done',
  reopenTask: 'reopen a task',
  waiveTask: 'waive a task',
  removeTask: 'remove a task',
  setDeadline: 'change a deadline',
  markDeadline: 'mark a deadline',
  answerFact: 'answer a question of the intake',
  addPerson: 'add a person',
  editPerson: 'change the details of a person',
  removePerson: 'remove a person',
  addNote: 'write a note',
  editNote: 'change a note',
  removeNote: 'remove a note',
  addLine: 'add a document to the checklist',
  editLine: 'change a document of the checklist',
  removeLine: 'remove a document from the checklist',
  addChecklistLines: 'add documents of the checklist',
  fileVersion: 'file a document',
  editVersion: 'change what is known of a file',
  moveVersion: 'move a file to another document',
  removeVersion: 'take a file out',
  reviewLine: 'review a document',
  askChange: 'ask for a change',
  approveChange: 'agree to a change',
  declineChange: 'say no to a change',
  withdrawChange: 'withdraw a request for change',
  callBackChange: 'confirm a change by a call',
  recordAnswer: 'write down an answer to a request',
  takeBackAnswer: 'take back an answer that was written down',
  keepChange: 'decide between two requests',
  sendChange: 'send a request to the other side',
  executeChange: 'put a change into effect',
  writeMessage: 'write a message',
  settleMessages: 'mark messages as answered',
  askToRead: 'ask somebody to read a document',
  dropReading: 'take back a request to read',
  acknowledge: 'acknowledge a document',
  proposePerson: 'propose a person',
  acceptProposal: 'add a person who was proposed',
  declineProposal: 'decline a person who was proposed',
  askForm: 'ask questions',
  sendForm: 'answer questions',
  takeForm: 'take answers',
  returnForm: 'send answers back',
  withdrawForm: 'take questions back',
  sendDocument: 'send a document',
  askDocument: 'ask for a document',
  holdVersion: 'hold a file',
  describeVersion: 'say who may read a file',
  acceptLead: 'accept an intake',
  declineLead: 'decline an intake',
  mergeLead: 'merge an intake into another deal',
  takeIn: 'take in what came by an intake',
  giveConsent: 'let an agent read closing figures',
  withdrawConsent: 'take back a consent',
  undo: 'take a step back',
};

/** "move the closing date": what a command asks for, to be read after "tried to". */
export function triedWords(name: string, args: unknown): string {
  if (name === 'setAnchor') return `move ${dateName(args)}`;
  return isCommandName(name) ? TRIED[name] : 'do something that Closeboard does not know';
}

function isCommandName(name: string): name is CommandName {
  return (COMMAND_NAMES as readonly string[]).includes(name);
}

/** "the closing date", "the loan approval date" from the anchor's own name. */
function dateName(args: unknown): string {
  const name = typeof args === 'object' && args !== null && 'name' in args ? args.name : null;
  if (typeof name !== 'string' || !/^[a-z][a-z-]{0,59}$/.test(name)) return 'a date';
  const words = name.replaceAll('-', ' ');
  return words.endsWith('date') ? `the ${words}` : `the ${words} date`;
}
