import { connect } from "./connect.ts";

// The way to the machine is opened while the page is still fetched and compiled: its first figures are here when it is.
const first = connect();
// Told again to whoever waits for it.
first.catch(() => undefined);
const { show } = await import("./page.tsx");
show(first);
