/**
 * Whether a name is meant by a pattern in which `*` stands for any text and `?` for one character; upper and lower case are
 * one. It takes no longer than the product of both lengths, whatever the pattern.
 */
export function matches(pattern: string, name: string): boolean {
  const [wanted, given] = [[...pattern.toLowerCase()], [...name.toLowerCase()]];
  let from = 0;
  let at = 0;
  /** The last `*`, and up to where it was tried to stand for what is given. */
  let star = -1;
  let tried = 0;
  while (at < given.length) {
    if (wanted[from] === "*") {
      star = from++;
      tried = at;
    } else if (from < wanted.length && (wanted[from] === "?" || wanted[from] === given[at])) {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++tried;
    } else return false;
  }
  while (wanted[from] === "*") from++;
  return from === wanted.length;
}
