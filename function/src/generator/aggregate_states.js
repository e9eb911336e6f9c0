// Writes what ClickHouse answers for the calls in aggregate_calls.txt: columns.tsv and states.tsv.
//   CHDB_DIR=(where chdb is installed) node aggregate_states.js RESOURCE_DIRECTORY
const fs = require('fs');
const path = require('path');
const { Session } = require(path.join(process.env.CHDB_DIR, 'node_modules', 'chdb'));
const dir = process.argv[2];
const ROWS = 100;

const columns = {
  b: 'toUInt8(x % 3 = 0)',
  one: 'toUInt8(7)',
  c2: 'toUInt8(x % 4 = 1)',
  c3: 'toUInt8(x % 7 = 3)',
  u8: 'toUInt8(x * 7 % 50)',
  i8: 'toInt8(x * 11 % 100 - 50)',
  u16: 'toUInt16(x * 701)',
  i16: 'toInt16(x * 331 - 9000)',
  u32: 'toUInt32(intHash32(x))',
  i32: 'toInt32(x * 7919 % 1000 - 500)',
  u64: 'intHash64(x)',
  i64: 'toInt64(x * x * 1000003) - 2000000000',
  n: 'toUInt64(x)',
  small: 'toUInt64(x % 10)',
  root: 'toUInt8(floor(sqrt(x)))',
  sroot: "concat('value ', toString(floor(sqrt(x))))",
  ms: 'toUInt32(x * x * 37 % 40000)',
  f32: 'toFloat32(x * 0.37 - 12)',
  f64: 'x * x * 0.1 - x * 3.7 - 12',
  nanf: 'if(x % 7 = 0, nan, x * 1.5 - 70)',
  d32: 'toDecimal32(x * 1.25 - 30, 2)',
  d64: 'toDecimal64(x * 1000.125 - 30, 4)',
  d128: 'toDecimal128(x * 1000.5 - 30000, 3)',
  i128: 'toInt128(x * 7919 - 30000) * 1000000000000000000',
  u256: 'toUInt256(x) * 1000000007',
  s: "concat('str', toString(x % 23), if(x % 5 = 0, ' a longer tail of the string', ''))",
  es: "if(x % 4 = 0, '', toString(x % 6))",
  fs: "toFixedString(toString(100 + x % 30), 3)",
  d: "toDate('2020-02-28') + x % 40",
  dt: "toDateTime('2020-02-28 00:00:00', 'UTC') + x * 3600",
  dt64: "toDateTime64('2020-02-28 00:00:00.125', 3, 'UTC') + x",
  e: "CAST(x % 3 + 1, 'Enum8(\\'a\\' = 1, \\'b\\' = 2, \\'c\\' = 3)')",
  ip: 'toIPv4(toUInt32(x * 1000003))',
  nu: 'if(x % 4 = 1, NULL, toUInt32(x % 20))',
  ni: 'if(x % 3 = 1, NULL, toInt64(x * 5 - 100))',
  nf: 'if(x % 5 = 2, NULL, x * 0.5)',
  ns: "if(x % 3 = 0, NULL, concat('n', toString(x % 9)))",
  allnull: 'CAST(NULL, \'Nullable(Int32)\')',
  nb: 'if(x % 6 = 0, NULL, toUInt8(x % 2))',
  a: 'arrayMap(i -> toUInt32(i * x % 13), range(x % 5))',
  a2: 'arrayMap(i -> toInt64(i + x) - 20, range(x % 5))',
  a3: '[toUInt32(x % 4), toUInt32(x % 7 + 4), toUInt32(x % 9 + 20)]',
  bb: 'arrayMap(i -> toUInt8((i + x) % 2), range(3))',
  as: "arrayMap(i -> concat('e', toString(i * x % 6)), range(x % 4))",
  an: 'arrayMap(i -> if(i % 2 = 1, NULL, toUInt32(i * x % 13)), range(x % 5))',
  t: "tuple(toUInt8(x % 5), toString(x % 3))",
  m: "map(concat('k', toString(x % 5)), toUInt32(x), 'all', toUInt32(1))",
  mi: 'map(toUInt8(x % 5), x * 0.25)',
  lc: "toLowCardinality(concat('lc', toString(x % 11)))",
};

(async () => {
  const s = new Session();
  const q = async (sql) =>
    Buffer.from((await s.queryAsync(sql, { format: 'TabSeparated' })).bytes()).toString().replace(/\n$/, '');
  await q('SET max_threads = 1');
  await q('SET allow_suspicious_low_cardinality_types = 1');
  await q(`CREATE DATABASE IF NOT EXISTS k`);
  await q(`CREATE TABLE k.t ENGINE = Memory AS SELECT toUInt64(x) AS id, ${Object.entries(columns)
    .map(([n, e]) => `${e} AS \`${n}\``).join(', ')} FROM (SELECT toInt64(number) AS x FROM numbers(${ROWS}))`);
  let out = '';
  for (const c of Object.keys(columns)) {
    out += c + '\t' + (await q(
      `SELECT any(toTypeName(\`${c}\`)), arrayStringConcat(groupArray(hex(formatRow('RowBinary', \`${c}\`)))) FROM k.t`)) + '\n';
  }
  fs.writeFileSync(path.join(dir, 'columns.tsv'), out);
  const calls = fs.readFileSync(path.join(dir, 'aggregate_calls.txt'), 'utf8').split('\n')
    .map((l) => l.trim()).filter((l) => l && !l.startsWith('#'));
  let states = '';
  let bad = 0;
  for (const line of calls) {
    const [call, args] = line.split(/\s*<-\s*/);
    const [, name, params] = call.match(/^(\w+)(\(.*\))?$/);
    const f = (suffix) => name + suffix + (params || '');
    const a = args || '';
    try {
      const whole = await q(`SELECT toTypeName(${f('')}(${a})), hex(${f('State')}(${a})),
        hex(formatRow('RowBinary', ${f('')}(${a}))) FROM k.t`);
      const merged = await q(`SELECT hex(${f('MergeState')}(s)), hex(formatRow('RowBinary', ${f('Merge')}(s))) FROM
        (SELECT ${f('State')}(${a}) AS s FROM k.t WHERE id < 40 UNION ALL SELECT ${f('State')}(${a}) FROM k.t WHERE id >= 40)`);
      const empty = await q(`SELECT hex(${f('State')}(${a})), hex(formatRow('RowBinary', ${f('')}(${a}))) FROM k.t WHERE id > 1000`);
      const groups = await q(`SELECT arrayStringConcat(groupArray(r), '') FROM (SELECT hex(formatRow('RowBinary', ${f('')}(${a}))) AS r FROM k.t GROUP BY toUInt64(id % 7 + 100000) AS g ORDER BY g)`);
      states += [call, a, whole, merged, empty, groups].join('\t') + '\n';
    } catch (e) {
      bad++;
      process.stderr.write(line + ': ' + String(e.message).split('\n')[0] + '\n');
    }
  }
  fs.writeFileSync(path.join(dir, 'states.tsv'), states);
  s.close();
  process.exitCode = bad ? 1 : 0;
})();
