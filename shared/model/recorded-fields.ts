import * as z from "zod/mini";

/** What the schemas of a recording's JSON are made of: no text is endless, no list is long. */
export const text = z.string().check(z.maxLength(4_096));
export const id = z.string().check(z.maxLength(512));
export const number = z.number(); // finite: zod's own rule
export const some = z.nullable(number);
export const someText = z.nullable(text);
/** A member of a union of words; the record names each once, so that a forgotten one does not compile. */
export const oneOf = <Word extends string>(words: Readonly<Record<Word, true>>): z.ZodMiniType<Word> =>
  z.enum(Object.keys(words) as [Word, ...Word[]]);
export const few = <Item extends z.ZodMiniType>(item: Item) => z.array(item).check(z.maxLength(64));
