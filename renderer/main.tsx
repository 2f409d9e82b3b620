import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { connect } from "./connect.ts";
import { startIntake } from "./state/intake.ts";
import { followLooks } from "./state/to-finding.ts";
import "./tokens.css";

const page = document.getElementById("page");
if (page) {
  const { signal } = new AbortController();
  startIntake(connect, signal);
  followLooks(signal);
  createRoot(page).render(<App />);
}
