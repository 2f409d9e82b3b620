import { connect } from "node:net";
import { visible } from "../../shared/format.ts";
import type { Millis } from "../../shared/model/units.ts";
import { question } from "../web/control.ts";
import { controlPlace, isSocketThere, PlaceUnsafe } from "../web/control-place.ts";
import { CannotGoOn } from "./cannot-go-on.ts";
import type { Terminal } from "./terminal.ts";

const patience: Millis = 3_000;
const address = /^http:\/\/127\.0\.0\.1:\d{1,5}\/#t=[A-Za-z0-9_-]{43}\n$/;

/** `tare link`: a new one-time address of the Tare that runs. Exit code 1 where none does. */
export async function link({
  say,
  print,
  remark,
}: Pick<Terminal, "say" | "print" | "remark">): Promise<number> {
  const place = controlPlace();
  if (place === null) throw new CannotGoOn(say.noLinksHere);
  try {
    const url = isSocketThere(place) ? await ask(place.socket) : null;
    if (url === null) {
      remark(say.noneRuns);
      return 1;
    }
    print(url);
    return 0;
  } catch (error) {
    if (error instanceof PlaceUnsafe) throw new CannotGoOn(say.linkUnsafe(visible(error.path)));
    throw error;
  }
}

/** The address; null: nobody answers, or it is no address of ours. */
const ask = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    let told = "";
    const socket = connect(path, () => socket.write(question));
    const done = () => {
      socket.destroy();
      resolve(address.test(told) ? told.trim() : null);
    };
    socket.setTimeout(patience, done);
    socket.setEncoding("latin1").on("data", (text: string) => {
      told += text;
      if (told.length > 256) done();
    });
    socket.once("error", done).once("close", done);
  });
