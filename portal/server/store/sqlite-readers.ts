import type Database from 'better-sqlite3';
import { areasOf } from './areas/all.ts';
import { createQueue } from './serial.ts';
import { type Connection, openConnection, sqlOf } from './sqlite-connection.ts';
import type { Tx } from './types.ts';

/** Reads at one time; more wait. Each needs a connection, since a read sees one moment from its start to its end. */
const READERS = 4;

export interface Readers {
  use<T>(work: (read: Tx) => Promise<T>): Promise<T>;
  useRaw<T>(work: (raw: Database.Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connections that may only read; as many queues, the next work joins the shortest. */
export function readersOf(file: string): Readers {
  const readers = Array.from({ length: READERS }, () => ({ queue: createQueue(), waiting: 0 }));
  const open = new Map<(typeof readers)[number], Connection>();
  const useRaw = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const reader = readers.reduce((best, other) => (other.waiting < best.waiting ? other : best));
    reader.waiting += 1;
    try {
      return await reader.queue(() => {
        const connection = open.get(reader) ?? openConnection(file, 'read');
        open.set(reader, connection);
        return work(connection);
      });
    } finally {
      reader.waiting -= 1;
    }
  };
  return {
    use: (work) => useRaw((connection) => inSnapshot(connection, work)),
    useRaw: (work) => useRaw(({ raw }) => work(raw)),
    close: async () => {
      for (const { queue } of readers) await queue(async () => undefined);
      for (const connection of open.values()) connection.close();
    },
  };
}

async function inSnapshot<T>(connection: Connection, work: (read: Tx) => Promise<T>): Promise<T> {
  const sql = sqlOf(connection, null);
  // Prepared once, like every statement: each request begins at least one of these.
  connection.run('BEGIN', []);
  try {
    return await work(areasOf(sql));
  } finally {
    sql.end();
    if (connection.raw.inTransaction) connection.run('COMMIT', []);
  }
}
