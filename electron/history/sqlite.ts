import { lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

export type Value = number | bigint | string | Uint8Array | null;
export type Row = { readonly [column: string]: Value };

/** One SQLite for Node >= 22.13 and Electron (node:sqlite) and for Node 20 (WebAssembly): same file, one connection. */
export type Database = {
  readonly driver: "node:sqlite" | "wasm";
  /** Statements without values or results. */
  exec(sql: string): void;
  run(sql: string, ...values: Value[]): void;
  /** The first row; null: there is none. */
  get(sql: string, ...values: Value[]): Row | null;
  all(sql: string, ...values: Value[]): readonly Row[];
  /** Row by row, so that a large result is never in memory at once. */
  each(sql: string, ...values: Value[]): IterableIterator<Row>;
  close(): void;
};

/** What both drivers' statements can do, once their manners are evened out. */
type Statement = {
  run(values: Value[]): void;
  each(values: Value[]): IterableIterator<Row>;
  finalize(): void;
};
type Driver = {
  readonly name: Database["driver"];
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
};

/**
 * Opens an existing file. TRUNCATE journal and no WAL, since the WebAssembly build has none; `FULL`: a commit is on the
 * disk when it returns. Nothing that a file brings along is trusted (views, triggers, overlong cells).
 * Throws what SQLite says.
 */
export function openDatabase(path: string): Database {
  const stat = lstatSync(path);
  // SQLite would follow a link, and on a directory only says that it cannot open it.
  if (!stat.isFile()) throw new Error(`${path} is not a file`);
  const driver = nativeDriver(path) ?? wasmDriver(path);
  const prepared = new Map<string, Statement>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? driver.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const close = () => {
    for (const one of prepared.values()) one.finalize();
    prepared.clear();
    driver.close();
  };
  try {
    driver.exec(
      "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA cache_size=-2000; " +
        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL",
    );
  } catch (error) {
    close();
    throw error;
  }
  return {
    driver: driver.name,
    exec: driver.exec,
    run: (sql, ...values) => statement(sql).run(values),
    get: (sql, ...values) => {
      for (const row of statement(sql).each(values)) return row;
      return null;
    },
    all: (sql, ...values) => [...statement(sql).each(values)],
    each: (sql, ...values) => statement(sql).each(values),
    close,
  };
}

/** As far as we use https://nodejs.org/api/sqlite.html (Node 20's types do not know it). */
type NativeModule = {
  readonly DatabaseSync: new (
    path: string,
  ) => {
    exec(sql: string): void;
    prepare(sql: string): {
      run(...values: Value[]): unknown;
      iterate(...values: Value[]): IterableIterator<Row>;
    };
    close(): void;
  };
};

function nativeDriver(path: string): Driver | null {
  const module = quietly(() => process.getBuiltinModule("node:sqlite")) as NativeModule | undefined;
  if (!module) return null;
  const database = new module.DatabaseSync(path);
  return {
    name: "node:sqlite",
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        run: (values) => void statement.run(...values),
        each: (values) => statement.iterate(...values),
        finalize: () => undefined,
      };
    },
    close: () => database.close(),
  };
}

/** Node 22 calls its SQLite experimental each time that it is loaded: true, and of no use to a user of Tare. */
function quietly<Result>(load: () => Result): Result {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Required, not imported: it reads its .wasm beside itself, so that it can't be bundled, and Electron never needs it. */
const require = createRequire(import.meta.url);

function wasmDriver(path: string): Driver {
  const { Database: Wasm } = require("node-sqlite3-wasm") as typeof import("node-sqlite3-wasm");
  const owner = own(path);
  let database: InstanceType<typeof Wasm>;
  try {
    database = new Wasm(path, { fileMustExist: true });
  } catch (error) {
    rmSync(owner, { force: true });
    throw error;
  }
  return {
    name: "wasm",
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        run: (values) => void statement.run(values),
        each: (values) => statement.iterate(values) as IterableIterator<Row>,
        finalize() {
          try {
            statement.finalize();
          } catch {
            // It repeats the error of its last step, which was thrown there.
          }
        },
      };
    },
    close() {
      database.close();
      rmSync(owner, { force: true });
    },
  };
}

/**
 * The WebAssembly build locks by making a folder, which a killed process leaves behind: "database is locked" for ever.
 * Whoever wrote the owner file and is dead held that lock. Throws where a living process has the file.
 */
function own(path: string): string {
  const owner = `${path}.owner`;
  const pid = ownerOf(owner);
  if (pid !== null && pid !== process.pid && lives(pid)) throw new Error(`process ${pid} has ${path} open`);
  if (pid !== process.pid) rmSync(`${path}.lock`, { recursive: true, force: true });
  // Removed and made anew: a link that stands there is never written through.
  rmSync(owner, { force: true });
  writeFileSync(owner, String(process.pid), { flag: "wx", mode: 0o600 });
  return owner;
}

function ownerOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
