/** Locks, downloads under way and what file managers leave: never a document. */
export function isIgnoredName(name: string): boolean {
  return IGNORED.some((pattern) => pattern.test(name));
}

const IGNORED: readonly RegExp[] = [
  /^~\$/,
  /^\.~lock\./i,
  /^\._/,
  /\.(tmp|temp|part|partial|filepart|crdownload|download|opdownload|swp)$/i,
  /^(thumbs\.db|desktop\.ini|\.ds_store|\.dropbox|icon\r)$/i,
  /^\.(fuse_hidden|nfs)/,
];
