import { openLab } from "../lab/lab.ts";

// What watches starts nothing.
export const sampler = () => openLab();
