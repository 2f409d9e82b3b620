import { createRoot } from "react-dom/client";
import type { Pipe } from "../shared/wire/pipe.ts";
import { App } from "./app.tsx";
import { connect } from "./connect.ts";
import { startIntake } from "./state/intake.ts";
import { followLooks } from "./state/to-finding.ts";
import "./tokens.css";

/** Draws the page, over the pipe that is being opened; over a new one each time it is lost. */
export function show(first: Promise<Pipe>): void {
  const page = document.getElementById("page");
  if (!page) return;
  const { signal } = new AbortController();
  let begun: Promise<Pipe> | null = first;
  const again = () => {
    const pipe = begun ?? connect();
    begun = null;
    return pipe;
  };
  startIntake(again, signal);
  followLooks(signal);
  createRoot(page).render(<App />);
}
