import type { Bytes, Cores } from "../model/units.ts";

const powers = ["b", "k", "m", "g"] as const;

/** The largest unit in which it is a whole number: 335,544,320 is 320 m, 1,288,490,188 stays bytes. */
export function wholeUnit(bytes: Bytes): { readonly count: number; readonly unit: (typeof powers)[number] } {
  let count = Math.round(bytes);
  let power = 0;
  while (power < powers.length - 1 && count % 1_024 === 0 && count > 0) {
    count /= 1_024;
    power++;
  }
  return { count, unit: powers[power] ?? "b" };
}

/** As docker, podman and compose take it: "320m", "1g", "1288490188b". */
export function dockerBytes(bytes: Bytes): string {
  const { count, unit } = wholeUnit(bytes);
  return `${count}${unit}`;
}

/** As Kubernetes takes it: "320Mi". https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function quantity(bytes: Bytes): string {
  const { count, unit } = wholeUnit(bytes);
  return `${count}${{ b: "", k: "Ki", m: "Mi", g: "Gi" }[unit]}`;
}

/** Cores without needless digits: "1.5", "0.25", "2". */
export const coresText = (cores: Cores): string => String(Math.round(cores * 1_000) / 1_000);

/** As Kubernetes takes it: "1500m", "2". */
export const millicores = (cores: Cores): string =>
  Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1_000)}m`;
