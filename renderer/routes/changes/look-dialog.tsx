import type { ReactNode } from 'react';
import type { ImpactView as Impact } from '../../../electron/contract/impact.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useToday } from '../../data/queries.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant, shortDay } from '../../ui/days.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Plate } from '../../ui/marks.tsx';
import { ImpactView } from '../impact/impact-view.tsx';
import { ChangeHeading, fromText, valueText } from './change-row.tsx';
import styles from './changes.module.css';
import { MustAgree } from './must-agree.tsx';
import { lowered } from './words.ts';

interface Props {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly impact: Impact;
  /** What else that document may carry, before it counts for this request. */
  readonly beside?: string;
  readonly onClose: () => void;
}

/** All that a request would move, with conflicts and who must agree beside it. Nothing is taken here. */
export function LookDialog(props: Props) {
  return (
    <ChangeImpactDialog {...props}>
      <DialogFoot says={<NothingYet />}>
        {/* biome-ignore lint/a11y/noAutofocus: there is nothing else to do here */}
        <button type="button" className="btn" autoFocus onClick={props.onClose}>
          Back to the request <Kbd>Esc</Kbd>
        </button>
      </DialogFoot>
    </ChangeImpactDialog>
  );
}

/** The same with the step that puts it into effect. Starts on the safe choice; Ctrl Enter takes the step. */
export function EffectDialog(
  props: Props & { readonly wrong: string | null; readonly isBusy: boolean; readonly onTake: () => void },
) {
  const { change } = props;
  const today = useToday();
  const { value } = change;
  const keep = value?.type === 'day' && value.from !== null ? `Keep ${shortDay(value.from, today)}` : 'Not yet';
  return (
    <ChangeImpactDialog {...props}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears Ctrl Enter for the buttons inside */}
      <div
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          props.onTake();
        }}
      >
        {props.wrong !== null && (
          <div className={styles.wrong}>
            <Refusal says={props.wrong} />
          </div>
        )}
        <DialogFoot
          says={
            <>
              {props.beside !== undefined && <>{props.beside} </>}
              <b>Nothing has changed yet.</b> Finished tasks and days set by hand stay. Undo takes all of it back.
            </>
          }
        >
          {/* biome-ignore lint/a11y/noAutofocus: the safe choice */}
          <button type="button" className="btn" autoFocus onClick={props.onClose}>
            {keep} <Kbd>Esc</Kbd>
          </button>
          <button type="button" className="btn go" onClick={props.onTake}>
            {props.isBusy ? 'Putting it into effect' : 'Put into effect'} <Kbd>Mod Enter</Kbd>
          </button>
        </DialogFoot>
      </div>
    </ChangeImpactDialog>
  );
}

function ChangeImpactDialog(props: Props & { readonly children: ReactNode }) {
  const { deal, change, impact } = props;
  const today = useToday();
  const [from, to] = [fromText(change, today), valueText(change, today)];
  const spoken = `${change.title}${from === '' ? '' : ` from ${from}`}${to === '' ? '' : ` to ${to}`}`;
  return (
    <Dialog
      title={spoken}
      heading={<ChangeHeading change={change} today={today} />}
      lead={
        <p className={`meta ${styles.lead}`}>
          <Plate number={deal.plate} kind={PLATE_KINDS[deal.side]} says={sideSays(deal.side)} />
          <span>
            {deal.streetName}
            {deal.city !== '' && `, ${deal.city}`}. Asked by <bdi>{change.askedBy}</bdi>{' '}
            {lowered(fullInstant(change.openedAt, today))}.
          </span>
        </p>
      }
      width="full"
      onClose={props.onClose}
      closeSays="Close, nothing changes"
    >
      <ImpactView impact={impact} today={today} agree={<Agree {...props} />} />
      {props.children}
    </Dialog>
  );
}

function Agree({ change }: Props) {
  const today = useToday();
  return (
    <div className={styles.agree}>
      <MustAgree change={change} today={today} />
    </div>
  );
}

function NothingYet() {
  return (
    <>
      <b>Nothing has changed yet.</b> Dates move when the document is fully signed, reviewed and put into effect here.
    </>
  );
}
