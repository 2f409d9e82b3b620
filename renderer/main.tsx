import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { connect } from "./connect.ts";
import { startIntake } from "./state/intake.ts";
import "./tokens.css";

const page = document.getElementById("page");
if (page) {
  startIntake(connect, new AbortController().signal);
  createRoot(page).render(<App />);
}
