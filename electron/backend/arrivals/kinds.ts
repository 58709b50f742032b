/** What a file is by its content. */
export type FileKind =
  | 'pdf'
  | 'jpeg'
  | 'png'
  | 'heic'
  | 'tiff'
  | 'gif'
  | 'webp'
  | 'docx'
  | 'xlsx'
  | 'pptx'
  /** An OLE document of Word, Excel or PowerPoint; `extension` says which. */
  | 'doc'
  | 'zip'
  | 'eml'
  | 'msg'
  | 'text'
  | 'rtf'
  | 'csv'
  | 'html'
  | 'svg'
  | 'xml'
  | 'program'
  | 'encrypted-office'
  | 'empty'
  | 'other';

export interface KindFacts {
  readonly extension: string;
  readonly mime: string;
  /** With its article, for a sentence. */
  readonly words: string;
  /** Endings that a file of this kind may carry. */
  readonly endings: readonly string[];
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** The facts of every kind: its own ending, its type, what people call it. */
export const KINDS: Readonly<Record<FileKind, KindFacts>> = {
  pdf: { extension: 'pdf', mime: 'application/pdf', words: 'a PDF', endings: ['pdf', 'fdf', 'ai'] },
  jpeg: { extension: 'jpg', mime: 'image/jpeg', words: 'a photo (JPEG)', endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  png: { extension: 'png', mime: 'image/png', words: 'a picture (PNG)', endings: ['png', 'apng'] },
  heic: { extension: 'heic', mime: 'image/heic', words: 'a photo (HEIC)', endings: ['heic', 'heif', 'hif'] },
  tiff: { extension: 'tif', mime: 'image/tiff', words: 'a scan (TIFF)', endings: ['tif', 'tiff', 'dng', 'nef', 'cr2'] },
  gif: { extension: 'gif', mime: 'image/gif', words: 'a picture (GIF)', endings: ['gif'] },
  webp: { extension: 'webp', mime: 'image/webp', words: 'a picture (WebP)', endings: ['webp'] },
  docx: {
    extension: 'docx',
    mime: `${OFFICE}.wordprocessingml.document`,
    words: 'a Word document',
    endings: ['docx', 'docm', 'dotx', 'dotm'],
  },
  xlsx: {
    extension: 'xlsx',
    mime: `${OFFICE}.spreadsheetml.sheet`,
    words: 'an Excel sheet',
    endings: ['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb'],
  },
  pptx: {
    extension: 'pptx',
    mime: `${OFFICE}.presentationml.presentation`,
    words: 'a PowerPoint file',
    endings: ['pptx', 'pptm', 'ppsx', 'potx'],
  },
  doc: {
    extension: 'doc',
    mime: 'application/msword',
    words: 'an older Office document',
    endings: ['doc', 'dot', 'xls', 'xlt', 'ppt', 'pps', 'pub', 'vsd'],
  },
  zip: {
    extension: 'zip',
    mime: 'application/zip',
    words: 'a zip',
    endings: ['zip', 'odt', 'ods', 'pages', 'numbers', 'key', 'epub', 'kmz'],
  },
  eml: { extension: 'eml', mime: 'message/rfc822', words: 'a mail', endings: ['eml', 'emlx', 'mht', 'mhtml', 'mbox'] },
  msg: { extension: 'msg', mime: 'application/vnd.ms-outlook', words: 'an Outlook mail', endings: ['msg', 'oft'] },
  text: {
    extension: 'txt',
    mime: 'text/plain',
    words: 'plain text',
    endings: ['txt', 'text', 'md', 'log', 'ics', 'vcf', 'json', 'csv', 'tsv'],
  },
  rtf: { extension: 'rtf', mime: 'application/rtf', words: 'a rich text document', endings: ['rtf', 'doc'] },
  csv: { extension: 'csv', mime: 'text/csv', words: 'a table (CSV)', endings: ['csv', 'tsv', 'txt'] },
  html: { extension: 'html', mime: 'text/html', words: 'a web page', endings: ['html', 'htm', 'xhtml', 'shtml'] },
  svg: { extension: 'svg', mime: 'image/svg+xml', words: 'a drawing that can run code (SVG)', endings: ['svg'] },
  xml: {
    extension: 'xml',
    mime: 'application/xml',
    words: 'an XML file',
    endings: ['xml', 'xsd', 'xsl', 'rdf', 'kml', 'gpx'],
  },
  program: { extension: 'bin', mime: 'application/octet-stream', words: 'a program', endings: [] },
  'encrypted-office': {
    extension: 'docx',
    mime: 'application/x-ole-storage',
    words: 'an Office document with a password',
    endings: ['docx', 'docm', 'xlsx', 'xlsm', 'pptx', 'pptm'],
  },
  empty: { extension: 'bin', mime: 'application/octet-stream', words: 'an empty file', endings: [] },
  other: { extension: 'bin', mime: 'application/octet-stream', words: 'something else', endings: [] },
};

/** Endings that a double click runs, mounts or renders with code in it, on any of the three systems. */
const RUNS = new Set(
  `ade adp app appimage appref-ms application apk bash bat cab cer chm class cmd cnt com command cpl crx csh csproj
  dart deb desktop diagcab dll dmg dylib elf exe fish fxp gadget grp hlp hpj hta img inf ins iqy iso isp its jar jnlp js
  jse jsp ksh lnk library-ms mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz mjs cjs msc msh msh1
  msh2 mshxml msi msix appx appxbundle msixbundle msp mst msu ops osd pcd php pif pkg pl plg prf prg ps1 ps1xml ps2
  ps2xml psc1 psc2 psd1 psm1 pst py pyc pyo pyw pyz pyzw rb reg rpm run scf scpt scptd scr sct search-ms settingcontent-ms
  sh shb shs slk sys terminal theme tool udf url vb vbe vbp vbs vhd vhdx vxd wasm webloc website wim workflow ws
  wsc wsf wsh xbap xll xnk xpi zsh htm html xhtml shtml mht mhtml svg svgz xml xsl xslt swf xlam ppam one onepkg`.split(
    /\s+/,
  ),
);

/** Whether opening a file of this ending can run something. */
export function isDangerousEnding(ending: string): boolean {
  return RUNS.has(ending);
}

/** The ending a person's system would go by: small letters, no invisible characters or trailing dots, '' for none. */
export function endingOf(name: string): string {
  const plain = name
    .slice(-400)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[ .]+$/, '');
  return /\.([a-z0-9_-]{1,20})$/i.exec(plain.slice(-40))?.[1]?.toLowerCase() ?? '';
}
