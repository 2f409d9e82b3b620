// Loaded with --import: an error that nobody catches, whenever a test asks for one by a signal. SIGUSR2: thrown; SIGWINCH: a
// promise's. Not before the program listens for such errors: what falls earlier falls in Node's own way.
function later(fail) {
  const timer = setInterval(() => {
    if (process.listenerCount("uncaughtException") === 0) return;
    clearInterval(timer);
    fail();
  }, 5);
}
process.on("SIGUSR2", () =>
  later(() => {
    throw new TypeError("planted");
  }),
);
process.on("SIGWINCH", () => later(() => void Promise.reject(new RangeError("planted too"))));
