import type { KeptPort } from './supervise-portal.ts';

interface PortFile {
  read(): string;
  write(text: string): void;
}

/** A port kept in a small file. What is no port, or cannot be read or written, only costs its being the same again. */
export function createKeptPort(file: PortFile): KeptPort {
  return {
    read() {
      try {
        const port = Number(file.read());
        return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : 0;
      } catch {
        return 0; // the first start, or a folder that can't be read: the records will say so
      }
    },
    keep(port) {
      try {
        file.write(String(port));
      } catch {
        // a full disk: the records will say so
      }
    },
  };
}
