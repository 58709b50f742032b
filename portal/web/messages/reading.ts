/** Words of papers that are read here. */
export const reading = {
  gone: 'This paper is not here any more',
  goneText: 'A newer one may have taken its place, or it is not shared with you now. Look at your papers.',
  version: (version: number) => `Version ${version}`,
  please: 'Please read all of it, then press “I have read this”.',
  say: 'I have read this',
  said: (version: number, when: string) => `You said on ${when} that you have read version ${version}.`,
  fetching: (got: number, total: number | null) =>
    total === null || got === 0 ? 'The paper is on its way.' : `The paper is on its way: ${ofBytes(got, total)}.`,
  lost: 'No signal. The paper could not be fetched. It is tried again when the signal is back.',
  other: 'This page cannot show this kind of file.',
  damaged: 'This page cannot show the file. It may be locked with a password, or damaged.',
  askForCopy: 'Ask your coordinator for a copy.',
  zoom: 'Size of the pages',
  smaller: 'Smaller',
  larger: 'Larger',
  percent: (percent: number) => `${percent} %`,
  pages: (count: number) => (count === 1 ? '1 page' : `${count} pages`),
  pagesLabel: 'The pages',
  page: (page: number, of: number) => `Page ${page} of ${of}`,
  brokenPage: 'This page could not be drawn.',

  list: 'Papers',
  toRead: 'To read',
  all: 'Shared with you',
  final: 'The final papers',
  wanted: 'Needed from you',
  read: 'Read',
  readName: (title: string) => `Read ${title}`,
  readOn: (when: string) => `You said on ${when} that you have read it.`,
  askedOn: (when: string) => `You were asked on ${when} to read it.`,
};

/** "1.2 of 3.4 MB", "120 of 400 KB". */
function ofBytes(got: number, total: number): string {
  const isLarge = total >= 1_000_000;
  const said = (bytes: number) => (isLarge ? (bytes / 1_000_000).toFixed(1) : String(Math.round(bytes / 1_000)));
  return `${said(got)} of ${said(total)} ${isLarge ? 'MB' : 'KB'}`;
}
