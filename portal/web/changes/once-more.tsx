import { type ReactNode, useEffect, useId, useRef } from 'react';

interface OnceMoreProps {
  readonly title: string;
  readonly text: string;
  /** What happens when it is done. */
  readonly yes: string;
  /** What stays when it is not. */
  readonly no: string;
  readonly isBusy: boolean;
  onYes(): void;
  onNo(): void;
  /** Fields, and how it goes. */
  readonly children?: ReactNode;
}

/** Asks once more in place, before something that ends something. Its title gets the focus; Escape leaves all as it is. */
export function OnceMore({ title, text, yes, no, isBusy, onYes, onNo, children }: OnceMoreProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      className="again"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isBusy) onNo();
      }}
    >
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{text}</p>
      {children}
      <div className="pair">
        <button type="button" className="btn" disabled={isBusy} onClick={onNo}>
          {no}
        </button>
        <button type="button" className="btn" disabled={isBusy} onClick={onYes}>
          {yes}
        </button>
      </div>
    </section>
  );
}
