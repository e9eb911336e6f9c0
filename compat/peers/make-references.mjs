// Writes name.reference beside every name.sql of the given folders: what ClickHouse 26.7 prints for the
// statements one after the other; a statement that fails prints `error NAME`.
//   node make-references.mjs FOLDER ...      (needs chdb, see install)
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

async function reference(file) {
  const child = spawn('node', [join(here, 'chdb.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (sql) => {
    child.stdin.write(JSON.stringify({ sql, format: 'TabSeparated' }) + '\n');
    for (;;) {
      const answer = JSON.parse((await lines.next()).value);
      if (!('ready' in answer)) return answer;
    }
  };
  const parts = [];
  const text = readFileSync(file, 'utf8').replace(/^\s*--.*$/gm, '');
  for (const sql of text.split(/;\s*\n/).map((s) => s.trim()).filter(Boolean)) {
    const r = await ask(sql.replace(/;$/, ''));
    if (r.ok) parts.push(Buffer.from(r.out ?? '', 'base64'));
    else parts.push(Buffer.from(`error ${/.*\(([A-Z_0-9]+)\)\s*(?:\(version|$)/s.exec(r.error)?.[1] ?? r.error}\n`));
  }
  child.stdin.end();
  writeFileSync(file.replace(/\.sql$/, '.reference'), Buffer.concat(parts));
}

for (const folder of process.argv.slice(2)) {
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.sql')).sort()) {
    await reference(join(folder, name));
  }
}
