// Real ClickHouse 26.7 in process (npm package chdb), for tests that compare answers or exchange files with it.
//
//   node chdb.mjs [-p DATA_DIR] [-a ENGINE_ARG]...            JSON lines: one request a line in, one answer a line out, in order
//   node chdb.mjs [-p DATA_DIR] [-a ENGINE_ARG]... [-f FORMAT] SQL...      runs the statements and prints their results
//
// Request   {"sql": "...", "format": "TabSeparated", "input": "<base64>"}      format and input are optional
// Answer    {"ok": true, "out": "<base64>"}  or  {"ok": false, "code": 62, "error": "..."}       first line: {"ok": true, "ready": "26.7.2.1"}
// `input` is stored in a file for the length of the statement, which names it {input}: INSERT INTO t FROM INFILE {input} FORMAT Native.
//
// One session: USE, SET and temporary tables last from request to request. Without -p the data is in a folder that goes with the process.
// One process has one data folder. End of input ends the process.
// The package is looked for in $LONGHOUSE_PEERS, else in .cache/peers below the repository's root (see `install`).
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const peers = process.env.LONGHOUSE_PEERS ?? join(here, '..', '..', '.cache', 'peers');

function load() {
  try {
    return createRequire(join(peers, 'package.json'))('chdb');
  } catch (e) {
    throw e.code === 'MODULE_NOT_FOUND' ? new Error(`chdb is not in ${peers}: run compat/peers/install chdb`) : e;
  }
}

/** A session over `dataDir`, or over a folder that disappears with it. Throws when the package is not installed. */
export function openSession({ dataDir, engineArgs = [] } = {}) {
  const { Session } = load();
  const scratch = mkdtempSync(join(tmpdir(), 'longhouse-chdb-'));
  const session = new Session(dataDir ?? join(scratch, 'data'), engineArgs.length ? { connectionArgs: engineArgs } : undefined);
  const execute = async (sql, format) => Buffer.from((await session.queryAsync(sql, { format })).bytes());
  // The library differs from the server in these; a server's answer is what tests want.
  const ready = execute('SET implicit_select = 0, allow_introspection_functions = 0', 'Null');
  return {
    async run(sql, format = 'TabSeparated', input = undefined) {
      await ready;
      const file = join(scratch, 'input');
      if (input !== undefined) writeFileSync(file, input);
      try {
        return await execute(input === undefined ? sql : sql.replaceAll('{input}', `'${file}'`), format);
      } catch (e) {
        // What a failed query had already written would come before the next result: let it go into this one.
        await execute('SELECT 1', 'Null').catch(() => {});
        throw e;
      }
    },
    close() {
      session.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function answerTo(error) {
  const message = String(error.message);
  const code = error.clickhouseCode ?? Number(/Code: (\d+)\./.exec(message)?.[1] ?? 0);
  return { ok: false, code, error: message };
}

async function serve(session) {
  const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\n');
  say({ ok: true, ready: (await session.run('SELECT version()')).toString().trim() });
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    try {
      const { sql, format, input } = JSON.parse(line);
      const out = await session.run(sql, format, input === undefined ? undefined : Buffer.from(input, 'base64'));
      say({ ok: true, out: out.toString('base64') });
    } catch (e) {
      say(answerTo(e));
    }
  }
}

async function runAll(session, statements, format) {
  for (const sql of statements) process.stdout.write(await session.run(sql, format));
}

async function main(argv) {
  const options = { engineArgs: [] }, statements = [];
  let format;
  while (argv.length) {
    const arg = argv.shift();
    if (arg === '-p') options.dataDir = argv.shift();
    else if (arg === '-a') options.engineArgs.push(argv.shift());
    else if (arg === '-f') format = argv.shift();
    else statements.push(arg);
  }
  let session;
  try {
    session = openSession(options);
    await (statements.length ? runAll(session, statements, format) : serve(session));
  } catch (e) {
    process.stderr.write(`${e.message}\n`);
    process.exitCode = 1;
  } finally {
    session?.close();
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) await main(process.argv.slice(2));
