/** Base units of the whole product. Values are converted where they enter; words are made in format.ts. */
export type Bytes = number;
/** Nanoseconds: of CPU, or of the monotonic clock. */
export type Nanos = number;
/** Milliseconds; as a moment: since the epoch. */
export type Millis = number;
/** CPU cores used or allowed: 0.5 is half of one core. */
export type Cores = number;
/** A share from 0 to 1; over 1 where a limit is exceeded. */
export type Fraction = number;
export type BytesPerSecond = number;
