// Fills tables of expressions with the types and values that ClickHouse 26.7 gives them.
//   CHDB_DIR=... TZ=Europe/Moscow node generate_tables.js TABLE.tsv...
// The first field of each line is an expression; the others are rewritten: type and value, or EXCEPTION and its code.
// Empty lines and lines that begin with # stay.
const fs = require('fs'), path = require('path');
const { Session } = require(path.join(process.env.CHDB_DIR, 'node_modules', 'chdb'));
(async () => {
  const s = new Session();
  for (const file of process.argv.slice(2)) {
    const out = [];
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
      const e = line.split('\t')[0];
      if (!e || e.startsWith('#')) { out.push(line); continue; }
      try {
        const text = Buffer.from((await s.queryAsync(`SELECT toTypeName(${e}), ${e}`, { format: 'TabSeparated' })).bytes()).toString('latin1').replace(/\n$/, '').replace(/\(\\n +/g, '(').replace(/,\\n +/g, ', ');
        out.push(e + '\t' + Buffer.from(text, 'latin1').toString('utf8'));
      } catch (x) {
        out.push(e + "\tEXCEPTION\t" + (/Code: (\d+)/.exec(x.message) || [])[1]);
      }
    }
    fs.writeFileSync(file, out.join('\n'));
  }
  s.close();
})();
