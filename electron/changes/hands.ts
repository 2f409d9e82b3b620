import { dockerHand } from "./docker-hand.ts";
import { ChangeFailure } from "./failure.ts";
import type { Hand } from "./hand.ts";
import { libvirtHand } from "./libvirt-hand.ts";

/** The engines whose limits Tare can set; an instance's id begins with its engine's name. */
const engines = ["docker", "podman", "libvirt"] as const;

/** The engine that an instance is to be changed through. Throws a ChangeFailure where Tare can change nothing of it. */
export function targetOf(instance: string): (typeof engines)[number] {
  const name = instance.split(":", 1)[0] ?? "";
  const engine = engines.find((one) => one === name);
  if (engine === undefined) throw new ChangeFailure("unsupported", instance, name);
  return engine;
}

/** An instance in the hand of its engine. Rejects with a ChangeFailure, or with what the engine says. */
export async function openHand(instance: string, name: string, signal: AbortSignal): Promise<Hand> {
  const engine = targetOf(instance);
  const id = instance.slice(engine.length + 1);
  return engine === "libvirt" ? libvirtHand(id, name, signal) : dockerHand(engine, id, name, signal);
}
