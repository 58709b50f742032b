import { describe, expect, test } from 'vitest';
import { anchorWith, dealWith, personWith, taskWith } from '../checklists/testing.ts';
import { type PlainDate, plainDate } from '../deadlines/plain-date.ts';
import type { Deal, TaskRow } from './model.ts';
import { clientNames, dealName, summarise } from './summarise.ts';

const dueOf = (task: TaskRow): PlainDate | null => task.dueOn;
const on = plainDate;

function named(...names: readonly string[]): Deal {
  return dealWith({
    people: names.map((name, index) => personWith(index === 0 ? 'client' : 'co-client', { name, id: name })),
  });
}

describe('the summary of a deal', () => {
  test('names its clients as they are spoken of', () => {
    expect(clientNames(named())).toBe('');
    expect(clientNames(named('Mei-Lin Forrester'))).toBe('Mei-Lin Forrester');
    expect(clientNames(named('Priya Raman', 'Daniel Achterberg'))).toBe('Raman and Achterberg');
    expect(clientNames(named('Ewa Ferro', 'Paul Ferro'))).toBe('Ewa and Paul Ferro');
    expect(clientNames(named('Ann Lee', 'Bo Lee Jr.', 'Cy Dahl'))).toBe('Lee and Dahl');
    expect(clientNames(named('Madonna', 'Madonna'))).toBe('Madonna');
  });

  test('without an address a deal goes by its client', () => {
    const row = { street: '' };
    const people = [
      personWith('client', { id: 'a', name: 'Priya Raman' }),
      personWith('co-client', { id: 'b', name: 'Bo Dahl' }),
    ];
    const buyer = dealWith({ row, people });
    expect(summarise(buyer, dueOf)).toMatchObject({ plate: 'PR', streetName: '', clientNames: 'Raman and Dahl' });
    expect(dealName(buyer)).toBe('Raman and Dahl');
    const nobody = dealWith({ row });
    expect(summarise(nobody, dueOf)).toMatchObject({ plate: '–', streetName: '' });
    expect(dealName(nobody)).toBe('No address yet');
  });

  test('a rental is for the day its lease starts', () => {
    expect(summarise(dealWith({ anchors: [anchorWith('lease-start', '2026-08-01')] }), dueOf).closingOn).toBe(
      '2026-08-01',
    );
  });

  test('what comes next is the earliest that nothing blocks, by its short title', () => {
    const deal = dealWith({
      tasks: [
        taskWith('late-but-blocked', { dueOn: on('2026-06-01'), dependsOn: ['first'] }),
        taskWith('first', { dueOn: on('2026-06-09'), short: 'Do it', assigneeRole: 'lender' }),
        taskWith('undated'),
        taskWith('done', { dueOn: on('2026-05-01'), doneOn: on('2026-05-01') }),
      ],
      anchors: [anchorWith('closing', '2026-07-02')],
    });
    expect(summarise(deal, dueOf)).toMatchObject({
      nextTaskId: 'first',
      nextTitle: 'Do it',
      nextOn: '2026-06-09',
      nextState: 'waiting',
      closingOn: '2026-07-02',
      done: 1,
      total: 4,
    });
  });

  test('a deal that has ended waits for nothing', () => {
    const deal = dealWith({ row: { outcome: 'closed', closedOn: on('2026-07-02') }, tasks: [taskWith('open')] });
    expect(summarise(deal, dueOf)).toMatchObject({ nextTaskId: null, nextState: null, missing: 0 });
  });

  test('is found by address and people, without case and accents', () => {
    const deal = dealWith({ people: [personWith('lender', { name: 'Aiko Bergström', company: 'Wrenfield' })] });
    expect(summarise(deal, dueOf).searchText).toContain('aiko bergstrom wrenfield');
  });
});
