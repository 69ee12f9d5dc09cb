// Kept, asked for the compared figures alone.

import * as kept from "./kept.js";
import { wasmBytes } from "./memory.js";

export const { prepare, before } = kept;

export const run = (file, work) => kept.run(file, { ...work, keptOptions: { ...work.keptOptions, kpis: work.kpis } });

export const after = async () => ({ wasmBytes: await wasmBytes() });
