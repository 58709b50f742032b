/** The largest file without a place on this computer that is handed over whole. Apart, so that the preload stays small. */
export const MAX_PUT_BYTES = 64 * 1024 * 1024;
