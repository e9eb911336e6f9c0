// Writes the three tables of settings from real ClickHouse: node compat/peers/make-settings.mjs (needs the peer chdb, see install).
//
// Columns, TAB-separated, values escaped as in the format TabSeparated, lines sorted by name, one header line:
//   name  type  default  description  tier  x      x = alias_for (query settings), changeable_without_restart (server settings)
// A default that depends on the number of cores is written without it (auto(8) -> auto).
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from './chdb.mjs';

const DESCRIPTION_CHARS_MAX = 100;
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const tables = [
  { file: 'engine/src/main/resources/io/longhouse/engine/settings/settings.tsv', from: 'settings', tier: 'tier', extra: 'alias_for' },
  { file: 'storage/src/main/resources/io/longhouse/storage/merge_tree_settings.tsv', from: 'merge_tree_settings', tier: 'tier' },
  {
    file: 'engine/src/main/resources/io/longhouse/engine/settings/server_settings.tsv',
    from: 'server_settings',
    tier: "if(is_obsolete, 'Obsolete', 'Production')",
    extra: 'changeable_without_restart',
  },
];

// The first sentence, without links, notes and line breaks; a longer one ends at a word with an ellipsis.
function condense(text) {
  const plain = text
    .replace(/:::[^]*?:::/g, ' ')
    .replace(/<\/?[A-Za-z][^>]*>/g, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim();
  const [first, ...rest] = plain.split(/\n\s*\n|\n(?=\s*[-*|#])/);
  const sentences = (paragraph) => paragraph.replace(/\s+/g, ' ').trim().split(/(?<=[.!?])(?<!e\.g\.|i\.e\.|etc\.|vs\.)\s+(?=[A-Z`"'(])/);
  const all = [first, ...rest].flatMap(sentences);
  let out = all[0];
  if (out.length < 25 && all.length > 1 && /^(For|In)\b/.test(out)) out += ' ' + all[1];
  if (out.length <= DESCRIPTION_CHARS_MAX) return out;
  const cut = out.slice(0, DESCRIPTION_CHARS_MAX - 1);
  return cut.slice(0, cut.lastIndexOf(' ')).replace(/[\s,;:(–—-]+$/, '') + '…';
}

const escapes = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escape = (value) => value.replace(/[\\\t\n\r]/g, (c) => escapes[c]);

const session = openSession();
for (const { file, from, tier, extra } of tables) {
  const columns = ['name', 'type', 'default', 'description', `toString(${tier}) AS tier`, ...(extra ? [`toString(${extra}) AS ${extra}`] : [])];
  const rows = JSON.parse((await session.run(`SELECT ${columns.join(', ')} FROM system.${from}`, 'JSONCompact')).toString()).data;
  rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const header = ['name', 'type', 'default', 'description', 'tier', ...(extra ? [extra] : [])].join('\t');
  const lines = rows.map(([name, type, value, description, ...more]) =>
    [name, type, value.replace(/^auto\(\d+\)$/, 'auto'), condense(description), ...more].map(escape).join('\t'));
  writeFileSync(join(root, file), [header, ...lines].join('\n') + '\n');
  console.log(`${rows.length} ${file}`);
}
session.close();
