/** Work by key, a few at a time; a key that waits already is not queued again, one that runs is run once more after. */
export type Queue = {
  add(key: string): void;
  /** It will be run (again): what a run in progress finds out is old already. */
  waits(key: string): boolean;
  drop(key: string): void;
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
};

/** `work` must not throw; what fails is its own business. */
export function queue(most: number, work: (key: string) => Promise<void>): Queue {
  const waiting = new Set<string>();
  const running = new Set<string>();
  let idlers: (() => void)[] = [];
  const next = () => {
    for (const key of waiting) {
      if (running.size >= most) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      running.add(key);
      void work(key).finally(() => {
        running.delete(key);
        next();
      });
    }
    if (running.size > 0) return;
    for (const idler of idlers) idler();
    idlers = [];
  };
  return {
    add(key) {
      waiting.add(key);
      next();
    },
    waits: (key) => waiting.has(key),
    drop: (key) => void waiting.delete(key),
    idle: () =>
      waiting.size + running.size === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve)),
  };
}
