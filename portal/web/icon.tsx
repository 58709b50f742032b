/** 16-px drawings with a 1.5-px line, in the colour of their text. */
const PATHS = {
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  due: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.6V8l2.4 1.6" />
    </>
  ),
  waiting: (
    <path d="M4 1.9h8M4 14.1h8M5 1.9v2.3C5 6 8 6.7 8 8s-3 2-3 3.8v2.3M11 1.9v2.3C11 6 8 6.7 8 8s3 2 3 3.8v2.3" />
  ),
  later: (
    <>
      <circle cx="8" cy="8" r="6.2" strokeDasharray="2.2 2.6" />
    </>
  ),
  late: <path d="M8 1.6 15 14H1z M8 6.2v3.6 M8 12v.1" />,
  phone: (
    <path d="M3.2 1.9h2.5l1.2 3.2-1.6 1.2a8 8 0 0 0 4.4 4.4l1.2-1.6 3.2 1.2v2.5c0 .8-.6 1.3-1.3 1.3C6.9 14.1 1.9 9.1 1.9 3.2c0-.7.5-1.3 1.3-1.3z" />
  ),
  mail: <path d="M1.8 3.5h12.4v9H1.8z M2 4l6 4.8L14 4" />,
  shield: <path d="M8 1.5 13.3 3.4v4.2c0 3.3-2.2 5.6-5.3 6.9-3.1-1.3-5.3-3.6-5.3-6.9V3.4z" />,
  left: <path d="m10 4-4 4 4 4" />,
  right: <path d="m6 4 4 4-4 4" />,
  paper: <path d="M3.5 1.8h6l3 3v9.4h-9z M9.3 2v3h3" />,
  download: <path d="M8 2v7.6M4.8 6.6 8 9.8l3.2-3.2M2.5 12.8h11" />,
  eye: (
    <>
      <path d="M1.3 8S3.9 3.5 8 3.5 14.7 8 14.7 8 12.1 12.5 8 12.5 1.3 8 1.3 8z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  offline: <path d="M2 2l12 12M4.6 7A3 3 0 0 0 5 13h7M7 4.3a4 4 0 0 1 4.9 3.5A2.6 2.6 0 0 1 14.4 11" />,
} as const;

interface IconProps {
  readonly name: keyof typeof PATHS;
  readonly tone?: 'due' | 'waiting' | 'late' | 'done' | 'quiet';
  readonly isLarge?: boolean;
}

/** Beside words only, which say the same: it is hidden from whoever listens. */
export function Icon({ name, tone, isLarge }: IconProps) {
  const classes = ['i', tone, isLarge === true ? 'l' : undefined].filter((part) => part !== undefined);
  return (
    <svg className={classes.join(' ')} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {PATHS[name]}
    </svg>
  );
}
