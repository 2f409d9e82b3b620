import Lock from "lucide-react/icons/lock-keyhole";
import Plug from "lucide-react/icons/plug";
import Unplug from "lucide-react/icons/unplug";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { clockTime, count } from "../../shared/format.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Millis } from "../../shared/model/units.ts";
import { engineNames } from "../../shared/words/engine-names.ts";
import { tellTrouble } from "../../shared/words/mends.ts";
import { call } from "../state/channel.ts";
import { retryNow } from "../state/intake.ts";
import { useNow } from "../state/now.ts";
import { offsetHere, useWords } from "../state/words.ts";
import { useWorld } from "../state/world.ts";
import { TroubleMend } from "./trouble-text.tsx";
import { useLastFall } from "./use-last-fall.ts";
import "./banners.css";

/** What is wrong and how it is put right, one line a trouble. Ink on sunken: an engine's trouble is not "over". */
export function Banners() {
  const connection = useWorld((world) => world.connection);
  const engines = useWorld((world) => world.engines);
  const replay = useWorld((world) => world.replay !== null);
  const fell = useLastFall();
  if (connection === "lost") return <PageBanner />;
  // A recording's engines were in trouble then: there is nothing to mend now.
  return (
    <>
      {fell.at === null ? null : <FallBanner at={fell.at} onDismiss={fell.dismiss} />}
      {replay
        ? null
        : engines.filter(wantsBanner).map((status) => <EngineBanner key={status.engine} status={status} />)}
    </>
  );
}

const wantsBanner = ({ state, trouble }: EngineStatus) =>
  state === "silent" ||
  state === "lost" ||
  state === "denied" ||
  (state === "absent" && trouble !== null && trouble.code !== "absent");

function PageBanner() {
  const { banner, duration, tryNow } = useWords().frame;
  const lostAt = useWorld((world) => world.lostAt);
  const wasHere = useWorld((world) => world.at !== null);
  const nextTry = useWorld((world) => world.nextTry);
  const barred = useWorld((world) => world.barred);
  const now = useNow();
  if (barred)
    return (
      <Banner
        icon={<Lock className="icon" aria-hidden="true" />}
        title={banner.barred}
        note={banner.barredNote}
      />
    );
  return (
    <Banner
      icon={<Unplug className="icon" aria-hidden="true" />}
      title={lostAt === null || !wasHere ? banner.pageNow : banner.page(duration(now - lostAt))}
      note={wasHere ? banner.pageNote : null}
    >
      <Countdown until={nextTry} now={now} />
      <Button className="btn" onPress={retryNow}>
        {tryNow}
      </Button>
    </Banner>
  );
}

function FallBanner({ at, onDismiss }: { readonly at: Millis; readonly onDismiss: () => void }) {
  const { banner, toasts } = useWords().frame;
  return (
    <Banner
      icon={<Unplug className="icon" aria-hidden="true" />}
      title={banner.fell(clockTime(at, offsetHere()))}
      note={banner.fellNote}
    >
      <Button className="btn" onPress={onDismiss}>
        {toasts.dismiss}
      </Button>
    </Banner>
  );
}

function EngineBanner({ status }: { readonly status: EngineStatus }) {
  const { frame, engines } = useWords();
  const { banner, duration } = frame;
  const now = useNow();
  const { engine, state, since, nextTry, trouble } = status;
  const name = engineNames[engine];
  const ago = duration(now - since);
  const title =
    state === "silent"
      ? banner.silent(name, ago)
      : state === "lost"
        ? banner.lost(name, ago)
        : state === "denied"
          ? banner.denied(name)
          : banner.failed(name);
  const note =
    state === "denied"
      ? banner.deniedNote
      : state === "absent" && trouble
        ? tellTrouble(trouble, engine, engines).what
        : banner.lostNote(clockTime(since, offsetHere()));
  const Icon = state === "denied" ? Lock : Plug;
  return (
    <>
      <Banner icon={<Icon className="icon" aria-hidden="true" />} title={title} note={note}>
        <Countdown until={nextTry} now={now} />
        <Button className="btn" onPress={() => void call("retry", {}).catch(() => null)}>
          {frame.tryNow}
        </Button>
      </Banner>
      {trouble && state !== "silent" ? (
        <div className="banner second">
          <TroubleMend engine={engine} trouble={trouble} />
        </div>
      ) : null}
    </>
  );
}

function Countdown({ until, now }: { readonly until: Millis | null; readonly now: Millis }) {
  const { banner } = useWords().frame;
  if (until === null) return null;
  const seconds = Math.ceil((until - now) / 1_000);
  return <span>{seconds > 0 ? banner.nextTry(count(seconds)) : banner.trying}</span>;
}

type BannerProps = {
  readonly icon: ReactNode;
  readonly title: string;
  readonly note: string | null;
  readonly children?: ReactNode;
};

function Banner({ icon, title, note, children }: BannerProps) {
  return (
    <div className="banner" role="status">
      {icon}
      <span className="says">
        <b>{title}</b> {note === null ? null : <bdi>{note}</bdi>}
      </span>
      {/* A second that passes is not told aloud. */}
      <span className="acts" aria-live="off">
        {children}
      </span>
    </div>
  );
}
