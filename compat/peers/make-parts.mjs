// Has real ClickHouse write parts of every kind, for tests that read them: node make-parts.mjs DIR [ROWS]
//
// DIR/data is the data folder (the parts are below DIR/data/store), DIR/<table>.tsv holds all rows in the order of the part.
// Prints one JSON line per table:
//   table, create (statement), rows,
//   parts        [{name, type, rows, path}]
//   fingerprint  sum(cityHash64(columns)) over the columns that cityHash64 takes, as text
//   columns      {name: {type, sha256}}  sha256 of `SELECT column` in RowBinary, rows in the order of (part, position)
//   first        the first 3 rows as TSV
// Everything is a function of the row number: two runs give the same values (not the same UUIDs of tables).
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openSession } from './chdb.mjs';

const dir = resolve(process.argv[2] ?? 'parts');
const ROWS = Number(process.argv[3] ?? 20000);

const layouts = {
  compact: { min_bytes_for_wide_part: 1_000_000_000, min_rows_for_wide_part: 1_000_000_000 },
  wide: { min_bytes_for_wide_part: 0, min_rows_for_wide_part: 0 },
};
// A part that ClickHouse 18.16 reads as well.
const classic = {
  ...layouts.wide, index_granularity_bytes: 0, enable_mixed_granularity_parts: 0, compress_marks: 0, compress_primary_key: 0,
  ratio_of_defaults_for_sparse_serialization: 1, string_serialization_version: "'single_stream'", serialization_info_version: "'basic'",
};
const plainCompact = { ...layouts.compact, write_marks_for_substreams_in_compact_parts: 0, compress_marks: 0, compress_primary_key: 0 };

const n = 'number'; // in every expression below: the row, 0..ROWS-1
const mixed = `intHash64(${n})`;
const text = `multiIf(${n} % 7 = 0, '', ${n} % 1000 = 999, repeat('long ', 300), concat('row ', toString(${n})))`;
const signed = (type) => `CAST(multiIf(${n} = 1, ${extreme(type, 'max')}, ${n} = 2, ${extreme(type, 'min')}, toInt64(${n}) - 10000), '${type}')`;
const unsigned = (type) => `CAST(multiIf(${n} = 1, ${extreme(type, 'max')}, ${n}), '${type}')`;

function extreme(type, end) {
  const bits = BigInt(/\d+/.exec(type)[0]), isSigned = type.startsWith('Int');
  const value = end === 'max' ? (1n << (isSigned ? bits - 1n : bits)) - 1n : -(1n << (bits - 1n));
  return `to${type}('${value}')`;
}

const bitWidths = [8, 16, 32, 64, 128, 256];
const types = {
  ...Object.fromEntries(bitWidths.map((w) => [`u${w}`, [`UInt${w}`, unsigned(`UInt${w}`)]])),
  ...Object.fromEntries(bitWidths.map((w) => [`i${w}`, [`Int${w}`, signed(`Int${w}`)]])),
  f32: ['Float32', `multiIf(${n} = 1, inf, ${n} = 2, -inf, ${n} = 3, nan, ${n} / 8 - 100)`],
  f64: ['Float64', `multiIf(${n} = 1, inf, ${n} = 2, -inf, ${n} = 3, nan, ${n} = 4, -0., ${n} / 7 - 100)`],
  bf16: ['BFloat16', `${n} / 4 - 10`],
  bool: ['Bool', `${n} % 2`],
  d32: ['Decimal32(4)', `toDecimal32(toInt64(${n}) - 10000, 4)`],
  d64: ['Decimal64(6)', `toDecimal64(toInt64(${n}) - 10000, 6) / 3`],
  d128: ['Decimal128(10)', `toDecimal128(toInt64(${n}) - 10000, 10) / 3`],
  d256: ['Decimal256(20)', `toDecimal256(toInt64(${n}) - 10000, 20) / 3`],
  s: ['String', text],
  fs: ['FixedString(5)', `toFixedString(substring(toString(${mixed}), 1, ${n} % 6), 5)`],
  uuid: ['UUID', `reinterpretAsUUID(concat(reinterpretAsFixedString(${mixed}), reinterpretAsFixedString(intHash64(${n} + 1))))`],
  ip4: ['IPv4', `toIPv4(toUInt32(${mixed}))`],
  ip6: ['IPv6', `toIPv6(concat('2001:db8::', hex(toUInt16(${n}))))`],
  date: ['Date', `toDate(${n})`],
  date32: ['Date32', `toDate32(toInt32(${n}) - 10000)`],
  dt: ['DateTime(\'UTC\')', `toDateTime(${n} * 86399, 'UTC')`],
  dt64: ['DateTime64(3, \'UTC\')', `fromUnixTimestamp64Milli((toInt64(${n}) - 10000) * 86399001, 'UTC')`],
  dt64ns: ['DateTime64(9, \'UTC\')', `fromUnixTimestamp64Nano(toInt64(${n}) * 86399000000001, 'UTC')`],
  time: ['Time', `toTime(toInt32(${n}) - 10000)`],
  time64: ['Time64(6)', `CAST((toInt64(${n}) - 10000) / 8, 'Time64(6)')`],
  e8: ['Enum8(\'a\' = 1, \'b\' = -2, \'c\' = 127)', `['a', 'b', 'c'][${n} % 3 + 1]`],
  e16: ['Enum16(\'a\' = 1000, \'b\' = -2000)', `['a', 'b'][${n} % 2 + 1]`],
  arr: ['Array(UInt32)', `range(toUInt32(${n} % 5))`],
  arr_s: ['Array(String)', `arrayMap(x -> concat('e', toString(x * ${n})), range(${n} % 4))`],
  arr2: ['Array(Array(UInt8))', `arrayMap(x -> range(x), range(${n} % 4))`],
  arr_n: ['Array(Nullable(Int16))', `arrayMap(x -> if(x = 1, NULL, toInt16(x)), range(${n} % 4))`],
  arr_lc: ['Array(LowCardinality(String))', `arrayMap(x -> concat('w', toString((x + ${n}) % 9)), range(${n} % 3))`],
  tup: ['Tuple(a UInt8, b String, c Array(UInt8))', `tuple(${n} % 256, toString(${n}), range(${n} % 3))`],
  tup_u: ['Tuple(UInt8, Nullable(String))', `tuple(${n} % 256, if(${n} % 3 = 0, NULL, toString(${n})))`],
  map: ['Map(String, UInt64)', `mapFromArrays(arrayMap(x -> concat('k', toString(x)), range(${n} % 4)), arrayMap(x -> x * ${n}, range(${n} % 4)))`],
  'nest.a': ['Array(UInt8)', `range(${n} % 3)`],
  'nest.b': ['Array(String)', `arrayMap(x -> toString(x), range(${n} % 3))`],
  nu: ['Nullable(UInt64)', `if(${n} % 3 = 0, NULL, ${n})`],
  ns: ['Nullable(String)', `if(${n} % 3 = 0, NULL, ${text})`],
  lc: ['LowCardinality(String)', `concat('word ', toString(${n} % 100))`],
  lcn: ['LowCardinality(Nullable(String))', `if(${n} % 5 = 0, NULL, concat('word ', toString(${n} % 1000)))`],
  lcu: ['LowCardinality(UInt32)', `${n} % 300`],
  lc_many: ['LowCardinality(String)', `toString(${n})`],
  sagg: ['SimpleAggregateFunction(sum, UInt64)', n],
  sagg_any: ['SimpleAggregateFunction(anyLast, Nullable(String))', `if(${n} % 2 = 0, NULL, toString(${n}))`],
  agg_sum: ['AggregateFunction(sum, UInt64)', `initializeAggregation('sumState', toUInt64(${n}))`],
  agg_uniq: ['AggregateFunction(uniq, String)', `arrayReduce('uniqState', arrayMap(x -> toString(x), range(${n} % 20)))`],
  agg_avg: ['AggregateFunction(avg, Float64)', `arrayReduce('avgState', [toFloat64(${n}), 1.])`],
  agg_quantile: ['AggregateFunction(quantile(0.9), UInt32)', `arrayReduce('quantileState(0.9)', range(toUInt32(${n} % 20)))`],
  sparse_u: ['UInt64', `if(${n} % 100 = 7, ${n}, 0)`],
  sparse_s: ['String', `if(${n} % 100 = 7, toString(${n}), '')`],
  sparse_t: ['Tuple(a UInt32, b String)', `tuple(if(${n} % 100 = 7, ${n}, 0), toString(${n}))`],
  sparse_empty: ['Int32', '0'],
};
const some = (...names) => Object.fromEntries(names.map((name) => [name, types[name]]));
const integers = { a: ['UInt32', n], b: ['Int64', `toInt64(${mixed} % 1000)`], c: ['UInt8', `${n} % 3`] };
const withCodec = (columns, codec) => Object.fromEntries(Object.entries(columns).map(([name, [type, value]]) => [name, [`${type} CODEC(${codec})`, value]]));
const key = { id: ['UInt64', n] };
const simple = { ...key, ...some('u8', 's', 'nu', 'lc', 'arr_s', 'sparse_u', 'date', 'tup') };

const codecColumns = Object.fromEntries(
  ['NONE', 'LZ4', 'LZ4HC(9)', 'ZSTD(3)', 'Delta, LZ4', 'Delta(1), ZSTD', 'DoubleDelta, LZ4', 'DoubleDelta', 'T64, LZ4', 'T64(\'bit\'), ZSTD', 'Gorilla, LZ4', 'GCD, LZ4']
    .map((codec, i) => [`c${i}`, [`UInt64 CODEC(${codec})`, i % 2 ? `${n} * 1000 + ${mixed} % 7` : n]]));

const tables = {
  types: { columns: { ...key, ...types }, order: 'id' },
  key1: { columns: simple, order: 's' },
  key2: { columns: simple, order: '(lc, id)' },
  key3: { columns: simple, order: '(u8, s, date)' },
  key_none: { columns: simple, order: 'tuple()' },
  key_prefix: { columns: simple, order: '(lc, u8, id)', primary: '(lc, u8)' },
  partitioned: { columns: simple, order: 'id', partition: 'toYYYYMM(toDate(id % 90))' },
  partitioned_hash: { columns: simple, order: 'id', partition: '(lc, u8 % 2)', filter: `${n} % 100 < 3` },
  granules: { columns: { ...key, ...some('s', 'lc', 'sparse_u', 'arr_lc') }, order: 'id', settings: { index_granularity: 100 } },
  fat_rows: { columns: { ...key, fat: ['String', `repeat('x', ${n} % 1000)`] }, order: 'id', settings: { index_granularity_bytes: 65536 } },
  codec_none: { columns: withCodec(simple, 'NONE'), order: 'id' },
  codec_zstd: { columns: withCodec(simple, 'ZSTD(3)'), order: 'id' },
  part_none: { columns: simple, order: 'id', settings: { default_compression_codec: "'NONE'" } },
  part_zstd: { columns: simple, order: 'id', settings: { default_compression_codec: "'ZSTD(3)'" } },
  codecs: { columns: { ...key, ...codecColumns, f: ['Float64 CODEC(Gorilla, LZ4)', `${n} / 3`], g: ['Float64 CODEC(FPC)', `${n} / 3`], s: ['String CODEC(Delta(1), ZSTD(3))', text] }, order: 'id' },
  delta: { columns: withCodec(integers, 'Delta, LZ4'), order: '(a, b, c)' },
  double_delta: { columns: withCodec(integers, 'DoubleDelta, LZ4'), order: '(c, b, a)' },
  indexes: {
    columns: simple, order: 'id',
    clauses: ['INDEX i_minmax u8 TYPE minmax GRANULARITY 1', 'INDEX i_set lc TYPE set(100) GRANULARITY 2', 'INDEX i_bloom s TYPE bloom_filter GRANULARITY 1',
      'INDEX i_ngram s TYPE ngrambf_v1(3, 1024, 2, 0) GRANULARITY 1', 'INDEX i_token s TYPE tokenbf_v1(1024, 2, 0) GRANULARITY 1',
      'PROJECTION p (SELECT lc, count(), sum(id) GROUP BY lc)', 'PROJECTION q (SELECT id, s ORDER BY s)'],
  },
  ttl: { columns: { ...simple, at: ['DateTime(\'UTC\') TTL at + INTERVAL 100 YEAR', `toDateTime(${n}, 'UTC')`] }, order: 'id', ttl: 'date + INTERVAL 50 YEAR', settings: { assign_part_uuids: 1 } },
  semi: {
    columns: {
      ...key, variant: ['Variant(UInt64, String, Array(UInt8))', `multiIf(${n} % 4 = 0, NULL::Variant(UInt64, String, Array(UInt8)), ${n} % 4 = 1, ${n}::Variant(UInt64, String, Array(UInt8)), ${n} % 4 = 2, toString(${n})::Variant(UInt64, String, Array(UInt8)), [1, 2]::Array(UInt8)::Variant(UInt64, String, Array(UInt8)))`],
      dynamic: ['Dynamic', `if(${n} % 2 = 0, ${n}::Dynamic, toString(${n})::Dynamic)`],
      json: ['JSON', `concat('{"a":', toString(${n}), ',"b":{"c":"', toString(${n} % 10), '"}}')::JSON`],
    },
    order: 'id',
  },
  merged: { columns: simple, order: 'id', inserts: 3, after: (t) => [`OPTIMIZE TABLE ${t} FINAL`] },
  mutated: { columns: simple, order: 'id', after: (t) => [`ALTER TABLE ${t} UPDATE s = 'changed' WHERE id % 10 = 0 SETTINGS mutations_sync = 2`, `ALTER TABLE ${t} DELETE WHERE id % 10 = 3 SETTINGS mutations_sync = 2`] },
  light_delete: { columns: simple, order: 'id', after: (t) => [`DELETE FROM ${t} WHERE id % 10 = 3 SETTINGS mutations_sync = 2`] },
  altered: { columns: simple, order: 'id', after: (t) => [`ALTER TABLE ${t} ADD COLUMN added UInt16 DEFAULT id % 10`, `ALTER TABLE ${t} DROP COLUMN arr_s SETTINGS mutations_sync = 2`] },
};
const extra = {
  classic_wide: { columns: { ...key, ...some('u8', 's', 'nu', 'lc', 'arr_s', 'date') }, order: '(lc, id)', settings: classic },
  plain_compact: { columns: simple, order: 'id', settings: plainCompact },
  one_row: { columns: simple, order: 'id', filter: `${n} = 1`, settings: layouts.wide },
};

const session = openSession({ dataDir: (rmSync(dir, { recursive: true, force: true }), mkdirSync(dir, { recursive: true }), join(dir, 'data')) });
const lines = async (sql) => (await session.run(sql)).toString().split('\n').slice(0, -1).map((l) => l.split('\t'));

async function write(table, spec) {
  const columns = Object.entries(spec.columns).map(([name, [type]]) => `\`${name}\` ${type}`);
  const settings = Object.entries({ ...spec.settings, allow_nullable_key: 1 }).map(([k, v]) => `${k} = ${v}`);
  const create = [`CREATE TABLE ${table} (${[...columns, ...(spec.clauses ?? [])].join(', ')}) ENGINE = MergeTree`,
    spec.partition && `PARTITION BY ${spec.partition}`, `ORDER BY ${spec.order}`, spec.primary && `PRIMARY KEY ${spec.primary}`, spec.ttl && `TTL ${spec.ttl}`,
    `SETTINGS ${settings.join(', ')}`].filter(Boolean).join(' ');
  await session.run(create);
  const inserts = spec.inserts ?? 1;
  if (!spec.after) await session.run(`SYSTEM STOP MERGES ${table}`);
  for (let i = 0; i < inserts; i++) {
    const filter = [spec.filter, inserts > 1 && `number % ${inserts} = ${i}`].filter(Boolean).join(' AND ') || '1';
    const values = Object.values(spec.columns).map(([, value]) => value).join(', ');
    await session.run(`INSERT INTO ${table} SELECT ${values} FROM numbers(${ROWS}) WHERE ${filter}`);
  }
  for (const sql of spec.after?.(table) ?? []) await session.run(sql);
  return create;
}

async function describe(table, create) {
  const inOrder = `FROM ${table} ORDER BY _part, _part_offset`;
  const parts = (await lines(`SELECT name, part_type, rows, path FROM system.parts WHERE active AND database = 'parts' AND table = '${table}' ORDER BY name`))
    .map(([name, type, rows, path]) => ({ name, type, rows: Number(rows), path }));
  const columns = {};
  for (const [name, type] of await lines(`SELECT name, type FROM system.columns WHERE database = 'parts' AND table = '${table}' ORDER BY position`)) {
    const bytes = await session.run(`SELECT \`${name}\` ${inOrder}`, 'RowBinary');
    columns[name] = { type: type.replace(/\\'/g, "'"), sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  const hashable = Object.keys(columns).filter((name) => !/AggregateFunction\(|Variant|Dynamic|JSON/.test(columns[name].type)).map((name) => `\`${name}\``);
  const [[rows, fingerprint]] = await lines(`SELECT count(), sum(cityHash64(${hashable.join(', ')})) FROM ${table}`);
  const tsv = (await session.run(`SELECT * ${inOrder}`, 'TSVWithNamesAndTypes')).toString('latin1');
  writeFileSync(join(dir, `${table}.tsv`), tsv, 'latin1');
  const first = Buffer.from(tsv.split('\n').slice(2, 5).join('\n'), 'latin1').toString();
  console.log(JSON.stringify({ table, create, rows: Number(rows), parts, fingerprint, columns, first }));
}

try {
  await session.run('CREATE DATABASE parts ENGINE = Atomic');
  await session.run('USE parts');
  await session.run('SET allow_suspicious_low_cardinality_types = 1, allow_suspicious_codecs = 1, max_threads = 1, max_partitions_per_insert_block = 0');
  for (const [name, spec] of Object.entries(tables)) {
    for (const [layout, settings] of Object.entries(layouts)) {
      const table = `${name}_${layout}`;
      await describe(table, await write(table, { ...spec, settings: { ...settings, ...spec.settings } }));
    }
  }
  for (const [table, spec] of Object.entries(extra)) await describe(table, await write(table, spec));
} catch (e) {
  console.error(e.message);
  process.exitCode = 1;
} finally {
  session.close();
}
