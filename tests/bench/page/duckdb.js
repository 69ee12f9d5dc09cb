// DuckDB-Wasm: instantiated beforehand, the file by its handle, one statement for all figures.
// The bundle is the one without threads: those would need SharedArrayBuffer, and so headers of
// the server that a file opened from a folder does not have.

import * as duckdb from "/packages/@duckdb/duckdb-wasm/dist/duckdb-browser.mjs";
import { spyOnWorkers, wasmBytes } from "./memory.js";

const FOLDER = new URL("/packages/@duckdb/duckdb-wasm/dist/", location.href).href;

let database = null;
let connection = null;

export const prepare = async () => {
  spyOnWorkers();
  const script = `importScripts(${JSON.stringify(`${FOLDER}duckdb-browser-eh.worker.js`)});`;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate(`${FOLDER}duckdb-eh.wasm`);
  connection = await database.connect();
  await connection.query("select 1");
};

export const run = async (file, work) => {
  await database.registerFileHandle(file.name, file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  const table = await connection.query(work.sql(file.name));
  return { figures: work.figuresOfRows(table.toArray().map((row) => row.toJSON())) };
};

export const after = async () => {
  await database.dropFiles();
  return { wasmBytes: await wasmBytes() };
};
