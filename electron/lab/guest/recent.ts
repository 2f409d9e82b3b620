/** What of a failed trial's output is shown. */
const most = 40;

/** The last lines that something printed; empty ones are left out. */
export function recentLines(): { add(line: string): void; lines(): readonly string[] } {
  const kept: string[] = [];
  return {
    add(line) {
      if (line.trim() === "") return;
      kept.push(line);
      if (kept.length > most) kept.shift();
    },
    lines: () => [...kept],
  };
}
