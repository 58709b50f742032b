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
  late: (
    <path
      className="solid"
      fillRule="evenodd"
      d="M7.05 2.05a1.1 1.1 0 0 1 1.9 0l5.9 10.5a1.1 1.1 0 0 1-.95 1.65H2.1a1.1 1.1 0 0 1-.95-1.65zM7.2 5.8v4.3h1.6V5.8zm0 5.4v1.6h1.6v-1.6z"
    />
  ),
  done: (
    <path
      className="solid"
      fillRule="evenodd"
      d="M8 1.3a6.7 6.7 0 1 0 0 13.4A6.7 6.7 0 0 0 8 1.3zM4.5 8.1l1.1-1.1 1.6 1.6 3.3-3.4 1.1 1.1-4.4 4.5z"
    />
  ),
  phone: (
    <path d="M3.2 1.9h2.5l1.2 3.2-1.6 1.2a8 8 0 0 0 4.4 4.4l1.2-1.6 3.2 1.2v2.5c0 .8-.6 1.3-1.3 1.3C6.9 14.1 1.9 9.1 1.9 3.2c0-.7.5-1.3 1.3-1.3z" />
  ),
  mail: <path d="M1.8 3.5h12.4v9H1.8z M2 4l6 4.8L14 4" />,
  shield: <path d="M8 1.5 13.3 3.4v4.2c0 3.3-2.2 5.6-5.3 6.9-3.1-1.3-5.3-3.6-5.3-6.9V3.4z" />,
  left: <path d="m10 4-4 4 4 4" />,
  right: <path d="m6 4 4 4-4 4" />,
  paper: <path d="M3.5 1.8h6l3 3v9.4h-9z M9.3 2v3h3" />,
  download: <path d="M8 2v7.6M4.8 6.6 8 9.8l3.2-3.2M2.5 12.8h11" />,
  over: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="m3.8 12.2 8.4-8.4" />
    </>
  ),
  eye: (
    <>
      <path d="M1.3 8S3.9 3.5 8 3.5 14.7 8 14.7 8 12.1 12.5 8 12.5 1.3 8 1.3 8z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  camera: (
    <>
      <path d="M1.8 5h2.7l1.3-2h4.4l1.3 2h2.7v8.3H1.8z" />
      <circle cx="8" cy="8.8" r="2.5" />
    </>
  ),
  calendar: (
    <>
      <rect x="1.8" y="3" width="12.4" height="11" rx="1.5" />
      <path d="M1.8 6.6h12.4M5 1.5V4M11 1.5V4" />
    </>
  ),
  edit: <path d="m2.5 13.5.8-3.3L11 2.5l2.5 2.5-7.7 7.7zM9.3 4.2l2.5 2.5" />,
  message: <path d="M2 3h12v8.5H7.5L4.5 14v-2.5H2z" />,
  people: (
    <>
      <circle cx="6" cy="5.3" r="2.5" />
      <path d="M1.5 13.5c.3-2.8 2-4.3 4.5-4.3s4.2 1.5 4.5 4.3M10.6 3a2.4 2.4 0 0 1 0 4.6M12.3 9.6c1.3.6 2.1 1.9 2.3 3.9" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  x: <path d="m4 4 8 8M12 4l-8 8" />,
  back: <path d="M5.8 3.3 2.3 6.8l3.5 3.5M2.3 6.8h7.9a3.3 3.3 0 0 1 0 6.6H6.5" />,
  rotate: <path d="M13 8a5 5 0 1 1-1.7-3.8L13 5.7M13 2.5v3.2H9.8" />,
  sent: <path d="M8 13.5V4M4.5 7.5 8 4l3.5 3.5M2.5 2h11" />,
  nosignal: (
    <path d="M2 6.2a9 9 0 0 1 3-1.9M14 6.2a9 9 0 0 0-5.4-2.4M4.3 8.9a5.6 5.6 0 0 1 2.5-1.5M11.7 8.9a5.5 5.5 0 0 0-.9-.7M2.5 2l11 12M8 12.3v.1" />
  ),
  offline: <path d="M2 2l12 12M4.6 7A3 3 0 0 0 5 13h7M7 4.3a4 4 0 0 1 4.9 3.5A2.6 2.6 0 0 1 14.4 11" />,
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
  readonly tone?: 'due' | 'waiting' | 'late' | 'done' | 'review' | 'quiet' | undefined;
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
