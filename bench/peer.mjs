// ClickHouse in process for the benchmark: node peer.mjs DATA_DIR, one question a line, one answer a line.
//   R sql         runs it; answers the result (TabSeparated) in base64
//   M runs sql    runs it so many times; answers CPU and wall milliseconds of all of them, measured here
// An error is answered as ! and its message in base64.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const peers = process.env.LONGHOUSE_PEERS ?? join(here, '..', '.cache', 'peers');
if (!existsSync(join(peers, 'node_modules', 'chdb'))) {
  process.stderr.write(`chdb is not in ${peers}: run compat/peers/install chdb\n`);
  process.exit(1);
}
const { Session } = createRequire(join(peers, 'package.json'))('chdb');
const session = new Session(process.argv[2]);
const run = (sql) => session.query(sql, 'TabSeparated');
const text = (answer) => (typeof answer === 'string' ? answer : Buffer.from(answer.bytes()).toString());
const base64 = (s) => Buffer.from(s).toString('base64');
const say = (line) => process.stdout.write(line + '\n');

function measure(runs, sql) {
  const cpu = process.cpuUsage(), start = process.hrtime.bigint();
  for (let i = 0; i < runs; i++) run(sql);
  const wall = Number(process.hrtime.bigint() - start) / 1e6, used = process.cpuUsage(cpu);
  return `${(used.user + used.system) / 1e3} ${wall}`;
}

say('ready');
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const rest = line.slice(2), space = rest.indexOf(' ');
    if (line[0] === 'M') say(measure(Number(rest.slice(0, space)), rest.slice(space + 1)));
    else say(base64(text(run(rest))));
  } catch (e) {
    say('!' + base64(String(e.message)));
  }
}
session.close?.();
