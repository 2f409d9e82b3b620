import type { Millis } from "../../shared/model/units.ts";
import type { HealthCheck } from "./workload.ts";

/**
 * The pause between the end of one check of health and the start of the next, the same in a container and in a VM: an
 * image's own interval is made for hours, not for a start, and would be what is measured.
 */
export const healthPause = ({ interval }: HealthCheck): Millis => Math.min(interval, 250);
