import { Suspense, useLayoutEffect } from "react";
import { I18nProvider } from "react-aria-components";
import { HistorySheet } from "./changes/history-sheet.tsx";
import { useUndoKey } from "./changes/use-undo-key.ts";
import { Banners } from "./frame/banners.tsx";
import { HostStrip } from "./frame/host-strip.tsx";
import { KeysSheet } from "./frame/keys-sheet.tsx";
import { backToLive, ReplayBar } from "./frame/replay-bar.tsx";
import { Toasts } from "./frame/toasts.tsx";
import { TopBar } from "./frame/top-bar.tsx";
import { MeaningSheet } from "./meaning/meaning-sheet.tsx";
import { useShortcuts } from "./state/keys.ts";
import { neighbour } from "./state/order.ts";
import { useFreshSettings } from "./state/settings.ts";
import { choose, toSettings, useUi } from "./state/ui.ts";
import { useLanguage, useWords } from "./state/words.ts";
import { useWorld } from "./state/world.ts";
import { DetailPanel, SettingsPage, views } from "./views/views.ts";
import "./components/base.css";
import "./app.css";

/** The frame that stands around every screen. */
export function App() {
  const language = useLanguage();
  const { frame } = useWords();
  const screen = useUi((ui) => ui.screen);
  const { Screen, name, presents } = views.find(({ key }) => key === screen) ?? views[0];
  const settings = useUi((ui) => ui.settings);
  const presenting = useUi((ui) => ui.presenting) && presents;
  useAppearance(language, `${frame[name]} – ${frame.product}`);
  useFreshSettings();
  useUndoKey();
  useShortcuts({
    settings: () => (settings === null ? toSettings("look") : choose({ settings: null })),
    help: () => choose({ help: true }),
    screen: ({ key, code }) => choose(screenOf(code.startsWith("Digit") ? code.slice(-1) : key)),
    present: () => {
      if (!presents || settings !== null) return false;
      choose({ presenting: !useUi.getState().presenting, open: null });
    },
    back,
  });
  return (
    <I18nProvider locale={language}>
      <div className="app">
        {presenting ? null : (
          <>
            <TopBar />
            <ReplayBar />
            <HostStrip />
            <Banners />
          </>
        )}
        <div className="stage">
          <main>
            <Suspense>{settings === null ? <Screen /> : <SettingsPage part={settings} />}</Suspense>
          </main>
          <Panel />
        </div>
        <Toasts />
        <KeysSheet />
        <HistorySheet />
        <MeaningSheet />
      </div>
    </I18nProvider>
  );
}

const screenOf = (number: string) => {
  const view = views[Number(number) - 1];
  return view
    ? { screen: view.key, open: null, presenting: useUi.getState().presenting && view.presents }
    : {};
};

/** What Escape leaves, innermost first; `false`: nothing here, so a screen may leave something of its own. */
function back(): boolean {
  const { open, settings, search, presenting } = useUi.getState();
  if (open !== null) choose({ open: null });
  else if (settings !== null) choose({ settings: null });
  else if (presenting) choose({ presenting: false });
  else if (search !== "") choose({ search: "" });
  else if (useWorld.getState().replay) void backToLive();
  else return false;
  return true;
}

function Panel() {
  const open = useUi((ui) => ui.open);
  const there = useWorld((world) => open !== null && world.byId.has(open));
  if (open === null || !there) return null;
  const step = (by: 1 | -1) => {
    const next = neighbour(open, by);
    choose({ open: next, selected: next });
  };
  return (
    <Suspense>
      <DetailPanel id={open} onClose={() => choose({ open: null })} onStep={step} />
    </Suspense>
  );
}

function useAppearance(language: string, title: string): void {
  const theme = useUi((ui) => ui.theme);
  const presenting = useUi((ui) => ui.presenting);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    document.title = title;
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    if (presenting) root.dataset.mode = "present";
    else delete root.dataset.mode;
  }, [language, title, theme, presenting]);
}
