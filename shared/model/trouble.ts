/** What can go wrong with an engine, a file or a request; words and mends are made in words/ by this code. */
export type TroubleCode =
  | "absent" // not there: no socket, no program
  | "denied" // no permission
  | "refused" // there, but nobody answers (daemon not running)
  | "timeout" // does not answer in time
  | "garbled" // answers what nobody can read
  | "outdated" // speaks no version that we speak
  | "unsafe" // would need an unprotected connection
  | "misconfigured" // a setting (DOCKER_HOST, context) that can't be right
  | "full" // no room left
  | "occupied" // port or file in use
  | "failed"; // anything else, with its cause

/** An error as data. `where` is the path, address or program; `cause` the foreign message, shown as text. */
export type Trouble = {
  readonly code: TroubleCode;
  readonly where: string;
  readonly cause: string | null;
};
