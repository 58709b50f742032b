import { type ChangeEvent, type ReactNode, useId } from 'react';

interface PickProps {
  readonly children: ReactNode;
  /** `camera` opens it where there is one; `any` is the picker of files and photos. */
  readonly from: 'camera' | 'any';
  readonly isFilled?: boolean;
  readonly isOne?: boolean;
  readonly onTaken: (files: readonly File[]) => void;
}

const KINDS =
  'image/*,.heic,.heif,application/pdf,.pdf,.docx,.xlsx,.txt,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A button that takes photos or files. */
export function Pick({ children, from, isFilled, isOne, onTaken }: PickProps) {
  const id = useId();
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const files = [...(input.files ?? [])];
    // The same file may be chosen once more.
    input.value = '';
    if (files.length > 0) onTaken(files);
  };
  return (
    <label className={isFilled === true ? 'btn go pick' : 'btn pick'} htmlFor={id}>
      {children}
      <input
        id={id}
        className="vh"
        type="file"
        multiple={isOne !== true}
        onChange={onChange}
        {...(from === 'camera' ? { accept: 'image/*', capture: 'environment' as const } : { accept: KINDS })}
      />
    </label>
  );
}
