import type { IntakeDraft, IntakeSent } from '../../api/intake-calls.ts';
import { type AnswerValue, nextAfter, openOnes } from './answers.ts';
import { askIntake } from './ask-intake.ts';
import { LaterScreen } from './later-screen.tsx';
import { QuestionScreen } from './question-screen.tsx';
import { forgetWords, ReviewScreen } from './review-screen.tsx';
import { type Step, useSteps } from './steps.ts';
import { useSending } from './use-sending.ts';

interface AnsweringProps {
  readonly draft: IntakeDraft;
  readonly onDraft: (draft: IntakeDraft) => void;
  readonly onSent: (sent: IntakeSent) => void;
  readonly onOver: () => void;
  readonly onCleared: () => void;
}

/** From the first open question to the review, and back and forth between them. */
export function Answering({ draft, onDraft, onSent, onOver, onCleared }: AnsweringProps) {
  const steps = useSteps(stepAfter(draft, null));
  const step = shownOf(steps.step, draft);
  const onBack = steps.canBack ? steps.back : undefined;
  const onLater = () => steps.go({ at: 'later' });
  const sent = useSending<IntakeSent>({
    onOver,
    onDone: (value) => {
      forgetWords();
      onSent(value);
    },
  });
  const clear = () => {
    forgetWords();
    onCleared();
  };
  if (step.at === 'later') return <LaterScreen draft={draft} onBack={steps.back} onOver={onOver} onCleared={clear} />;
  if (step.at === 'review')
    return (
      <ReviewScreen
        {...{ draft, sending: sent, onBack, onLater }}
        onChange={(id) => steps.go({ at: 'question', id, isFromReview: true, more: 0 })}
        onSend={(words) => void sent.start(() => askIntake('send', { words }))}
      />
    );
  return (
    <Asked
      key={step.id}
      {...{ draft, step, onBack, onLater, onOver }}
      onAnswered={(next) => {
        onDraft(next);
        steps.go(afterAnswer(step, draft, next));
      }}
    />
  );
}

type QuestionStep = Extract<Step, { readonly at: 'question' }>;

interface AskedProps {
  readonly draft: IntakeDraft;
  readonly step: QuestionStep;
  readonly onBack: (() => void) | undefined;
  readonly onLater: () => void;
  readonly onOver: () => void;
  readonly onAnswered: (draft: IntakeDraft) => void;
}

function Asked({ draft, step, onBack, onLater, onOver, onAnswered }: AskedProps) {
  const sending = useSending<IntakeDraft>({ onDone: onAnswered, onOver });
  const at = draft.questions.findIndex(({ id }) => id === step.id);
  const question = draft.questions[at];
  if (question === undefined) return null;
  const answer = (value: AnswerValue) =>
    void sending.start(() => askIntake('answer', { questionId: question.id, value }));
  return (
    <QuestionScreen
      {...{ question, sending, onBack, onLater, office: draft.office, onAnswer: answer }}
      {...{ isFromReview: step.isFromReview, more: step.more }}
      answer={Object.hasOwn(draft.answers, question.id) ? draft.answers[question.id] : undefined}
      place={{ at: at + 1, of: Object.keys(draft.answers).length === 0 ? null : draft.questions.length }}
    />
  );
}

/** A question that the answers no longer lead to is not shown: its place is taken by the next open one. */
function shownOf(step: Step, draft: IntakeDraft): Step {
  if (step.at !== 'question' || draft.questions.some(({ id }) => id === step.id)) return step;
  return stepAfter(draft, null);
}

function stepAfter(draft: IntakeDraft, questionId: string | null, more = 0): Step {
  const next = nextAfter(draft, questionId);
  return next === null ? { at: 'review' } : { at: 'question', id: next.id, isFromReview: more > 0, more };
}

/** Whoever came from the review goes back there, by way of what the changed answer leads to. */
function afterAnswer(step: QuestionStep, before: IntakeDraft, next: IntakeDraft): Step {
  if (!step.isFromReview) return stepAfter(next, step.id);
  const known = new Set(before.questions.map(({ id }) => id));
  const more = openOnes(next).filter(({ id }) => !known.has(id)).length;
  return stepAfter(next, step.id, more);
}
