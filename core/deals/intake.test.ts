import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition } from '../checklists/conditions.ts';
import { parseTemplate } from '../checklists/template-schema.ts';
import { plainDate } from '../deadlines/plain-date.ts';
import { readState, STATE_NAMES } from './address-states.ts';
import {
  type Answers,
  answerQuestion,
  finishIntake,
  intakeProgress,
  nextQuestion,
  openQuestions,
  visibleQuestions,
} from './intake.ts';
import { readAnswer } from './intake-answers.ts';
import { type Intake, parseIntake, type Question } from './intake-schema.ts';

const today = plainDate('2026-06-18');
const json: unknown = JSON.parse(
  readFileSync(new URL('../../resources/templates/intake.json', import.meta.url), 'utf8'),
);
const intake = read(json);

function read(data: unknown): Intake {
  const parsed = parseIntake(data);
  if (!parsed.ok) throw new Error(parsed.error.problems.join(' '));
  return parsed.value;
}
function answer(answers: Answers, given: Record<string, unknown>): Answers {
  return Object.entries(given).reduce<Answers>((held, [questionId, value]) => {
    const next = answerQuestion(intake, held, { questionId, value, today });
    if (!next.ok) throw new Error(next.error.message);
    return next.value;
  }, answers);
}
const asked = (answers: Answers) => visibleQuestions(intake, answers).map((question) => question.id);
const me = {
  clientName: 'Priya Raman',
  clientEmail: 'Priya@Example.com ',
  clientPhone: '(916) 555-0123',
  together: 'no',
};

describe('branches', () => {
  test('the first question is what the person wants, and buying leads to money, not to an address', () => {
    expect(nextQuestion(intake, {})?.id).toBe('scenario');
    const buying = answer({}, { scenario: 'buy', buyStep: 'buyer-intake', ...me });
    expect(asked(buying)).toContain('financing');
    expect(asked(buying)).not.toContain('street');
    expect(asked(buying)).not.toContain('foreignSeller');
    expect(asked(answer(buying, { buyStep: 'contract-to-close' }))).toContain('yearBuilt');
  });

  test('selling asks about the home; a landlord too, a tenant not', () => {
    expect(asked({ scenario: 'sell' })).toEqual(
      expect.arrayContaining(['street', 'yearBuilt', 'hoa', 'foreignSeller']),
    );
    expect(asked({ scenario: 'rent', rentSide: 'landlord' })).toContain('street');
    expect(asked({ scenario: 'rent', rentSide: 'tenant' })).not.toContain('street');
  });

  test('"I do not know" never means no: the follow-ups of a loan are asked', () => {
    const buying = { scenario: 'buy', buyStep: 'buyer-intake' };
    expect(asked({ ...buying, financing: 'unknown' })).toContain('lenderName');
    expect(asked({ ...buying, financing: 'cash' })).not.toContain('lenderName');
    expect(asked(buying)).not.toContain('lenderName');
  });

  test('a changed mind loses nothing and counts only what applies', () => {
    const loan = answer(
      {},
      {
        scenario: 'buy',
        buyStep: 'buyer-intake',
        ...me,
        state: 'ca',
        vesting: 'person',
        powerOfAttorney: false,
        financing: 'fha',
        lenderName: 'Larkmoor Bank',
      },
    );
    const cash = answer(loan, { financing: 'cash' });
    const finished = finishIntake(intake, cash);
    expect(finished.ok && finished.value.people.map((person) => person.role)).toEqual(['client']);
    const back = finishIntake(intake, answer(cash, { financing: 'fha', selfEmployed: false, giftFunds: 'unknown' }));
    expect(back.ok && back.value.people.map((person) => person.name)).toEqual(['Priya Raman', 'Larkmoor Bank']);
  });
});

describe('finishing', () => {
  const sale = {
    scenario: 'sell',
    sellStep: 'seller-onboarding',
    ...me,
    street: '2210 Quillfeather Ln',
    city: 'Roseville',
    state: 'California',
    zip: '95747-1234',
    propertyType: 'house',
    yearBuilt: 'unknown',
    hoa: 'yes',
    leased: false,
    vesting: 'trust',
    powerOfAttorney: 'no',
    foreignSeller: false,
    price: '$650,000',
  };

  test('makes a deal of the answers', () => {
    expect(finishIntake(intake, answer({}, sale))).toEqual({
      ok: true,
      value: {
        scenario: 'sell',
        side: 'seller',
        workflow: 'seller-onboarding',
        street: '2210 Quillfeather Ln',
        unit: '',
        city: 'Roseville',
        state: 'CA',
        zip: '95747',
        priceCents: 65_000_000,
        facts: {
          together: false,
          propertyType: 'house',
          yearBuilt: 'unknown',
          hoa: true,
          leased: false,
          vesting: 'trust',
          powerOfAttorney: false,
          foreignSeller: false,
        },
        people: [{ role: 'client', name: 'Priya Raman', email: 'priya@example.com', phone: '+19165550123' }],
      },
    });
  });

  test('names what is open', () => {
    const { city: _city, ...rest } = sale;
    expect(finishIntake(intake, answer({}, rest))).toMatchObject({
      ok: false,
      error: { type: 'IntakeOpen', open: ['city'], message: 'One question is open: Which town is it in?' },
    });
  });

  test('a co-client with consent of nobody is only a name to confirm', () => {
    const finished = finishIntake(intake, answer({}, { ...sale, together: true, coClientName: 'Dev Raman' }));
    expect(finished.ok && finished.value.people[1]).toMatchObject({ role: 'co-client', name: 'Dev Raman', email: '' });
  });

  test('a question that does not apply takes no answer', () => {
    expect(
      answerQuestion(intake, { scenario: 'buy' }, { questionId: 'street', value: '1 Main St', today }),
    ).toMatchObject({
      ok: false,
      error: { message: 'That question no longer applies. Go on with the next one.' },
    });
  });
});

describe('one answer', () => {
  const question = (kind: Question['kind'], parts: Partial<Question> = {}): Question => ({
    id: 'q',
    ask: 'How is it?',
    help: '',
    kind,
    options: [],
    target: 'fact',
    required: true,
    allowUnknown: false,
    ...parts,
  });
  test.each([
    ['year', '1978', 1978],
    ['year', 2028, 2028],
    ['money', '1450.5', 145_050],
    ['money', '650,000', 65_000_000],
    ['zip', '958161234', '95816'],
    ['state', 'new jersey', 'NJ'],
    ['day', '2026-07-15', '2026-07-15'],
    ['text', '  two   words ', 'two words'],
    ['yes-no', 'yes', true],
  ] as const)('%s %s', (kind, value, kept) => {
    expect(readAnswer(question(kind), value, today)).toEqual({ ok: true, value: kept });
  });

  test.each([
    ['year', '78', 'Write the year with four digits, 1600 to 2028. If you are not sure, say that you do not know.'],
    ['year', 2029, 'Write the year with four digits, 1600 to 2028. If you are not sure, say that you do not know.'],
    ['money', '650k', 'Write an amount in dollars, like 650,000.'],
    ['money', '99999999999', 'That is more than a home costs. Check the zeros.'],
    ['zip', '9581', 'A ZIP code has five digits.'],
    ['state', 'Calif', 'Write the state by its name or its two letters, like California or CA.'],
    ['phone', '555-0123', 'Write the whole number with its area code, like (916) 555-0123.'],
    ['email', 'priya@example', 'That is no e-mail address. It looks like name@example.com.'],
    ['day', '2026-06-31', 'June has 30 days. Use June 30 or July 1.'],
    ['day', '2026-12-32', 'December has 31 days. Use December 31 or January 1.'],
    ['day', 'soon', 'Choose a day from the calendar.'],
    ['yes-no', 'maybe', 'Answer yes or no.'],
    ['text', '', 'Please answer "How is it?"'],
    ['text', 'unknown', 'Please answer "How is it?"'],
  ] as const)('%s %s is refused', (kind, value, message) => {
    expect(readAnswer(question(kind), value, today)).toMatchObject({ ok: false, error: { message } });
  });

  test('unknown is an answer where the question allows it, and a skip where it is optional', () => {
    expect(readAnswer(question('year', { allowUnknown: true }), 'unknown', today)).toEqual({
      ok: true,
      value: 'unknown',
    });
    expect(readAnswer(question('text', { required: false }), '', today)).toEqual({ ok: true, value: null });
  });
});

describe('any person', () => {
  const value: Readonly<Record<Question['kind'], fc.Arbitrary<unknown>>> = {
    choice: fc.nat(9),
    'yes-no': fc.boolean(),
    year: fc.integer({ min: 1600, max: 2028 }),
    money: fc.integer({ min: 1, max: 9_000_000 }),
    text: fc.stringMatching(/^[A-Z][a-z]{2,9}$/),
    email: fc.constant('a@example.com'),
    phone: fc.constant('9165550123'),
    state: fc.constantFrom(...STATE_NAMES.keys()),
    zip: fc.constant('95816'),
    day: fc.constant('2026-07-01'),
  };
  const person = fc.infiniteStream(
    fc.record({
      skips: fc.boolean(),
      doubts: fc.boolean(),
      of: fc.record(value as Record<string, fc.Arbitrary<unknown>>),
    }),
  );

  test('comes to an end on every branch, is asked nothing twice, can resume anywhere, and leaves a deal', () => {
    fc.assert(
      fc.property(person, (mind) => {
        let answers: Answers = {};
        const seen: string[] = [];
        for (
          let question = nextQuestion(intake, answers);
          question !== null;
          question = nextQuestion(intake, answers)
        ) {
          seen.push(question.id);
          const thought = mind.next().value;
          const option = question.options[Number(thought.of.choice) % Math.max(1, question.options.length)];
          const chosen = question.kind === 'choice' ? option?.value : thought.of[question.kind];
          const given =
            question.allowUnknown && thought.doubts ? 'unknown' : !question.required && thought.skips ? '' : chosen;
          answers = JSON.parse(JSON.stringify(answer(answers, { [question.id]: given })));
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(openQuestions(intake, answers)).toEqual([]);
        const { answered, total } = intakeProgress(intake, answers);
        expect(answered).toBe(total);
        expect(finishIntake(intake, answers).ok).toBe(true);
      }),
    );
  });

  test('is asked for every fact that a checklist depends on, with the answers that it compares with', () => {
    const folder = new URL('../../resources/templates/', import.meta.url);
    const questions = new Map(intake.questions.map((question) => [question.id, question]));
    const compared = (condition: Condition): readonly (readonly [string, unknown])[] => {
      if ('all' in condition) return condition.all.flatMap(compared);
      if ('any' in condition) return condition.any.flatMap(compared);
      if ('not' in condition) return compared(condition.not);
      const values = 'is' in condition ? [condition.is] : 'oneOf' in condition ? condition.oneOf : [1];
      return values.map((one) => [condition.fact, one] as const);
    };
    for (const name of readdirSync(folder).filter((file) => file !== 'intake.json')) {
      const part = parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
      if (!part.ok) throw new Error(name);
      for (const { id } of part.value.facts)
        expect(questions.get(id)).toMatchObject({ target: 'fact', allowUnknown: true });
      for (const line of [...part.value.tasks, ...part.value.documents])
        for (const [fact, value] of line.when === undefined ? [] : compared(line.when)) {
          const question = questions.get(fact);
          const isPossible =
            question?.kind === 'choice'
              ? question.options.some((option) => option.value === value)
              : typeof value === (question?.kind === 'yes-no' ? 'boolean' : 'number');
          expect(isPossible, `${line.id}: ${fact} is ${value}`).toBe(true);
        }
    }
  });

  test('reads plain words', () => {
    for (const question of intake.questions)
      for (const text of [question.ask, question.help, ...question.options.map((option) => option.label)]) {
        // ZIP is the one name that everybody writes in capitals.
        expect(text.replaceAll('ZIP', '')).not.toMatch(/[A-Z]{2,}|_|\b[a-z]+[A-Z]|!/);
      }
  });
});

test('a broken question file says what is wrong with it', () => {
  const bad = {
    ...(json as object),
    questions: [{ id: 'a', ask: 'Is it so?', kind: 'choice', target: 'fact', when: { fact: 'b', is: true } }],
  };
  expect(parseIntake(bad)).toMatchObject({
    ok: false,
    error: {
      problems: ['a: a choice has options, and nothing else does.', 'a depends on b, which is not asked before it.'],
    },
  });
});

test('the states', () => {
  expect(STATE_NAMES.size).toBe(51);
  expect(readState(' tx ')).toBe('TX');
  expect(readState('District of Columbia')).toBe('DC');
  expect(readState('Puerto')).toBeNull();
});
