import { visible } from "../../shared/format.ts";

/** Text from outside (names, paths, messages): shown as text, with hidden characters visible and its direction kept in. */
export function Foreign({ text, most, className }: { text: string; most?: number; className?: string }) {
  return <bdi className={className}>{visible(text, most)}</bdi>;
}
