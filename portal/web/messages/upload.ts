/** Words of sending papers and photos. */
export const upload = {
  elseTitle: 'Send something else',
  elseLead: 'A paper or photos that your coordinator should have.',
  elseLabel: 'What is it?',
  elseHint: 'For example: letter of the homeowners association',
  elseMissing: 'Say in a few words what it is.',
  again: (reason: string) => `It is needed once more. Your coordinator says: “${reason}”`,
  lead: 'Take photos of all pages, or choose a file.',
  leadPhotos: (count: number) => (count === 1 ? '1 photo, sent as a PDF.' : `${count} photos, sent as one PDF.`),
  leadFile: 'One file, sent as it is.',
  kinds: 'A PDF, photos, a Word or Excel file, or plain text. Photos become one PDF.',
  how: 'Lay the page flat, in good light, and fill the picture with it.',
  private: 'Bank, income and identity papers go to your lender, not here.',
  take: 'Take photos',
  choose: 'Choose a file or photos',
  addPage: 'Add a page',
  retake: (page: number) => `Retake page ${page}`,
  send: 'Send as one PDF',
  sendFile: 'Send it',
  cancel: 'Remove all and stop',
  cancelAsk: 'Remove all pages from this device and from the portal?',
  cancelYes: 'Yes, remove them',
  cancelNo: 'Keep them',
  preparing: (left: number) => (left === 1 ? 'Getting one photo ready.' : `Getting ${left} photos ready.`),

  card: {
    offlineTitle: 'No signal. It will continue when you are back.',
    sendingTitle: (page: number, of: number) => (of === 1 ? 'Going up now' : `Page ${page} of ${of} is going up`),
    wholeTitle: 'All pages are safe with us',
    filingTitle: 'Putting it together',
    fileOffline: 'Nothing of it is lost.',
    refusedTitle: (count: number) => (count === 1 ? 'One page cannot be sent' : `${count} pages cannot be sent`),
    refused: 'See below what to do.',
    whole: 'Look through them, then send them. Nobody reads them before.',
    wholeFile: 'Now send it. Nobody reads it before.',
    wholeFileTitle: 'Your file is safe with us',
    toSend: 'It is sent as soon as the last page is here.',
    filing: 'This takes a moment.',
    safe: (sent: number, of: number) =>
      of === 1
        ? 'Nothing is lost.'
        : sent === 0
          ? 'Your pages are safe on this device.'
          : sent === 1
            ? `1 of ${of} pages is safe with us.`
            : `${sent} of ${of} pages are safe with us.`,
    stopped: (page: number, percent: number, of: number) =>
      of === 1 ? `It stopped at ${percent} %.` : `Page ${page} stopped at ${percent} %.`,
    meter: (done: string, of: number) => (of === 1 ? `${done} of 1 page sent` : `${done} of ${of} pages sent`),
  },
  page: {
    name: (number: number) => `Page ${number}`,
    file: 'Your file',
    list: 'Pages',
    sent: 'Sent',
    waiting: 'Waits',
    paused: (percent: number) => `${percent} %, paused`,
    going: (percent: number) => `${percent} %`,
    refused: 'Not sent',
    dark: 'A bit dark',
    darkText: 'This one may be hard to read. Take it again with more light, or send it as it is.',
    gone: 'This page is not on this device any more. Take it again.',
    open: (number: number) => `Page ${number}: change`,
    change: 'Change',
    edit: (number: number) => `Change page ${number}`,
    earlier: 'One place earlier',
    later: 'One place later',
    retake: 'Take it again',
    remove: 'Remove this page',
    removeFile: 'Remove this file',
    close: 'Done',
  },
  tip: 'You can close this page. Your photos stay on this device, and your link picks up where it stopped.',
  tipFile: 'You can close this page. Your file stays on this device, and your link picks up where it stopped.',

  problems: {
    /** Each takes the name of the file; some do not need it. */
    empty: (name: string) => `${name} is empty. Choose it again, or another one.`,
    noPhoto: (name: string) =>
      `${name} cannot be opened as a photo on this device. Take a photo of the page here, or send it by itself.`,
    wrongKind: (name: string) =>
      `${name} cannot be sent here. Send a PDF, photos, a Word or Excel file, or plain text.`,
    tooLarge: (name: string) => `${name} is too large. Files of up to 100 MB can be sent here.`,
    tooMany: (_name: string) => 'Up to 60 pages go into one PDF. Send these first, then the rest as something else.',
    oneFile: (_name: string) => 'A file goes by itself. Send or remove what is here first.',
    fileOnly: (_name: string) => 'There is a file here already. Send or remove it first, then take photos.',
    noRoom: (_name: string) =>
      'There is no room left on this device to keep the photos. Make room, or send what is here first.',
  },
  previewText: 'You are looking as somebody else, so nothing can be sent from here. Drop the file on the deal instead.',
  goneTitle: 'This paper is not needed any more',
  goneText: 'It came in, or it was asked for by mistake. Look at your page for what is needed now.',
  asElse: 'Send it as something else',

  door: { title: 'Send something else', text: 'Photos or a file, for your coordinator' },

  done: {
    title: 'Sent. Thank you',
    what: (title: string) => `“${title}” is with us.`,
    next: (first: string) =>
      `${first} looks at it. You will see here when it is approved or if a page is needed again.`,
    nextNobody: 'Your coordinator looks at it. You will see here when it is approved or if a page is needed again.',
    home: 'Back to your page',
    seeSent: 'See what you have sent',
  },

  unsent: {
    title: (count: number) =>
      count === 1 ? 'You have 1 page that was not sent yet' : `You have ${count} pages that were not sent yet`,
    titleFile: 'You have a file that was not sent yet',
    text: (title: string) => `For: ${title}. They are on this device.`,
    textFile: (title: string) => `For: ${title}. It is on this device.`,
    textElse: 'They are on this device.',
    go: 'Go on',
  },
};
