import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import X from "lucide-react/icons/x";
import { useEffect, useRef, useState } from "react";
import { Button, Slider, SliderThumb, SliderTrack } from "react-aria-components";
import { clockTime, tick, visible } from "../../shared/format.ts";
import type { Event } from "../../shared/model/event.ts";
import type { ReplayState } from "../../shared/model/host.ts";
import type { Millis } from "../../shared/model/units.ts";
import { Segmented } from "../components/segmented.tsx";
import { call } from "../state/channel.ts";
import { useShortcuts } from "../state/keys.ts";
import { dayOf, offsetHere, useWords } from "../state/words.ts";
import { useWorld } from "../state/world.ts";
import "./replay-bar.css";

const speeds = [1, 10, 60] as const;
const steer = (change: { playing?: boolean; position?: number; speed?: number }) =>
  void call("replay", change).catch(() => null);

/** Leaves the recording. Where there is nothing live, the machine's side says so and the recording goes on. */
export const backToLive = (): Promise<boolean> =>
  call("source", { use: "live" }).then(
    () => true,
    () => false,
  );

/** Says on every screen that this is a recording, and steers it. */
export function ReplayBar() {
  const replay = useWorld((world) => world.replay);
  return replay ? <Transport replay={replay} /> : null;
}

/** From here on a recording's times are told in minutes. */
const longEnough: Millis = 600_000;

function Transport({ replay }: { readonly replay: ReplayState }) {
  const { frame } = useWords();
  const words = frame.replay;
  const [refused, setRefused] = useState(false);
  const { name, from, to, playing, speed, sample } = replay;
  // Of a long recording nobody counts the seconds.
  const digits = to - from >= longEnough ? 5 : 8;
  const clock = (at: number) => clockTime(at, offsetHere()).slice(0, digits);
  const day = frame.day(dayOf(from, offsetHere()));
  const toggle = () => steer({ playing: !playing });
  useShortcuts({ play: toggle });
  const leave = () => void backToLive().then((done) => setRefused(!done));
  return (
    <section className="replay" aria-label={sample ? words.sample : words.mark}>
      <span className="who">
        <b>{sample ? words.sample : words.mark}</b>
        <span>
          <bdi>{words.span(visible(name, 60), day, clock(from), clock(to))}</bdi>
          {sample ? `, ${words.sampleNote}` : ""}
        </span>
      </span>
      <Scrubber replay={replay} />
      <span className="transport">
        <b>
          <Position replay={replay} />
        </b>
        <Button className="btn only-icon" aria-label={playing ? words.pause : words.play} onPress={toggle}>
          {playing ? (
            <Pause className="icon" fill="currentColor" aria-hidden="true" />
          ) : (
            <Play className="icon" fill="currentColor" aria-hidden="true" />
          )}
        </Button>
        <Segmented
          label={words.speed}
          options={speeds.map((one) => ({ key: `${one}`, word: words.times(tick(one)) }))}
          chosen={`${speed}`}
          onChoose={(key) => steer({ speed: Number(key) })}
        />
        <Button className="btn quiet" onPress={leave}>
          <X className="icon" aria-hidden="true" />
          {words.backToLive}
          <kbd>{"Esc"}</kbd>
        </Button>
      </span>
      <span className={refused ? "refused" : "unseen"} role="status">
        {refused ? words.noLive : ""}
      </span>
    </section>
  );
}

function Position({ replay }: { readonly replay: ReplayState }) {
  return clockTime(replay.position, offsetHere());
}

/** Messages a second are limited on the other side, so a drag tells its place ten times a second at the most. */
const between = 100;

function Scrubber({ replay: { from, to, position } }: { readonly replay: ReplayState }) {
  const words = useWords().frame.replay;
  const events = useWorld((world) => world.events);
  const [held, setHeld] = useState<number | null>(null);
  const told = useRef(0);
  // Let go: the place held stands until the recording has come there.
  useEffect(() => {
    if (held !== null && Math.abs(position - held) < 2_000) setHeld(null);
  }, [position, held]);
  const span = Math.max(1, to - from);
  const share = (at: number) => `${Math.min(100, Math.max(0, (100 * (at - from)) / span))}%`;
  const shown = held ?? position;
  const go = (next: number) => {
    setHeld(next);
    if (Date.now() - told.current < between) return;
    told.current = Date.now();
    steer({ position: next });
  };
  return (
    <Slider
      className="scrub"
      aria-label={words.position}
      minValue={from}
      maxValue={to}
      step={1_000}
      value={Math.min(to, Math.max(from, shown))}
      onChange={(value) => go(value as number)}
      onChangeEnd={(value) => {
        told.current = 0;
        go(value as number);
      }}
    >
      <SliderTrack className="scrub-track">
        <i className="whole" />
        <i className="past" style={{ width: share(shown) }} />
        {events.filter(isMark).map((event) => (
          <i
            key={`${event.at} ${event.kind} ${event.instance}`}
            className={event.kind === "oom-kill" ? "mark kill" : "mark"}
            style={{ left: share(event.at) }}
          />
        ))}
        <SliderThumb className="thumb" aria-valuetext={clockTime(shown, offsetHere())} />
      </SliderTrack>
    </Slider>
  );
}

const isMark = ({ kind }: Event) => kind === "oom-kill" || kind === "died" || kind === "limits-changed";
