/** What ends a command with exit code 2: its message is the one line that says what, and the mend, in the user's language. */
export class CannotGoOn extends Error {}
