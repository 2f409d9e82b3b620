import { visible } from "../format.ts";

/** A word for a POSIX shell: as it is where nothing in it is special, else in single quotes. it's -> 'it'\''s' */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * What to call an instance by in a command that a person will paste. A name that could pass for an option, or that holds
 * what can't be seen (a line's end would end the command; see format.ts), gives way to the engine's id.
 */
export const nameOrId = (name: string, id: string): string =>
  quoted(name === "" || name.startsWith("-") || visible(name, name.length) !== name ? id : name);

/** The engine's own id in an instance's: "docker:3f9c…" is 3f9c…, of a container its first twelve digits. */
export function shortId(instance: string): string {
  const own = instance.slice(instance.indexOf(":") + 1);
  return /^[0-9a-f]{64}$/.test(own) ? own.slice(0, 12) : own;
}
