/** What the parsers of kernel files look for numbers and words with: bytes, no strings. */

export const space = 32;
export const newline = 10;
export const isDigit = (byte: number | undefined): byte is number =>
  byte !== undefined && byte >= 48 && byte <= 57;
/** Twenty digits hold every 64-bit counter; more is no kernel's number. */
const mostDigits = 20;

/** The whole number that starts at `at` and ends before `stop` or at a space or line end; NaN: there is none. */
export function numberAt(bytes: Uint8Array, at: number, stop: number): number {
  let value = 0;
  let place = at;
  while (place < stop && isDigit(bytes[place])) value = value * 10 + (bytes[place++] ?? 0) - 48;
  const ended = place >= stop || bytes[place] === space || bytes[place] === newline;
  return place > at && place - at <= mostDigits && ended ? value : Number.NaN;
}

/** NaN, which stands for "no number there", becomes null. */
export const orNull = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? null : value;

/** Where the line at `at` ends, at most `length`. */
export const lineEnd = (bytes: Uint8Array, at: number, length: number) => {
  const end = bytes.indexOf(newline, at);
  return end < 0 || end > length ? length : end;
};

/** Whether `word` stands at `at`, before `stop`. */
export const startsWith = (bytes: Uint8Array, at: number, stop: number, word: Uint8Array) => {
  if (at + word.length > stop) return false;
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
};
export const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
