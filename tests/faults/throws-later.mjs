// Loaded with --import: an error that nobody catches, whenever a test asks for one by a signal. SIGUSR2: thrown; SIGWINCH: a
// promise's.
process.on("SIGUSR2", () =>
  setImmediate(() => {
    throw new TypeError("planted");
  }),
);
process.on("SIGWINCH", () => void Promise.reject(new RangeError("planted too")));
