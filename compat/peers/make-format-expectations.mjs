// Writes what real ClickHouse prints for the tests of formats: node compat/peers/make-format-expectations.mjs (needs the peer chdb).
// The zone must be UTC. The file is a row of cases, each a line and two runs of bytes, a line feed behind each run:
//   #  name  format  settings (k=v;k=v)  structure  bytes of data  bytes of output        TAB-separated
//   data in TabSeparated; totals behind a line "@totals", extremes behind "@extremes"
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from './chdb.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const all = [
  ['i8', 'Int8', '-128', '127', '0'], ['u8', 'UInt8', '0', '255', '7'], ['i16', 'Int16', '-32768', '32767', '0'],
  ['u16', 'UInt16', '0', '65535', '12'], ['i32', 'Int32', '-2147483648', '2147483647', '5'], ['u32', 'UInt32', '0', '4294967295', '123'],
  ['i64', 'Int64', '-9223372036854775808', '9223372036854775807', '-1'], ['u64', 'UInt64', '0', '18446744073709551615', '10000000000'],
  ['i128', 'Int128', '-170141183460469231731687303715884105728', '170141183460469231731687303715884105727', '-5'],
  ['u256', 'UInt256', '0', '115792089237316195423570985008687907853269984665640564039457584007913129639935', '1'],
  ['f32', 'Float32', '0.1', '3.4e38', 'nan'], ['f64', 'Float64', '-0', '1.7976931348623157e308', 'inf'], ['g64', 'Float64', '1e21', '0.30000000000000004', '-123456.789'],
  ['bf', 'BFloat16', '1.5', '-0.25', '1024'], ['b', 'Bool', 'true', 'false', 'true'],
  ['d9', 'Decimal(9, 2)', '-1234567.89', '0.10', '5'], ['d18', 'Decimal(18, 18)', '-0.000000000000000001', '0.5', '0'],
  ['d38', 'Decimal(38, 10)', '-9999999999999999999999999999.9999999999', '1.5', '0'], ['d76', 'Decimal(76, 20)', '12345678901234567890123456789012345678901234567890.12345678901234567891', '-1', '0'],
  ['s', 'String', 'a\\tb\\n\\r\\0\\b\\f\\\\\\\'"/<>&|=,;\x01\x7f', 'é中👍', ''], ['fs', 'FixedString(4)', 'ab', 'abcd', '\\0'],
  ['u', 'UUID', '61f0c404-5cb3-11e7-907b-a6006ad3dba0', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ['i4', 'IPv4', '1.2.3.4', '255.255.255.255', '0.0.0.0'], ['i6', 'IPv6', '::ffff:1.2.3.4', '2001:db8:0:1:1::1', '::'],
  ['da', 'Date', '2020-02-29', '2149-06-06', '1970-01-01'], ['d32', 'Date32', '1900-01-01', '2299-12-31', '1969-12-31'],
  ['dt', 'DateTime(\'UTC\')', '2020-01-02 03:04:05', '2106-02-07 06:28:15', '1970-01-01 00:00:00'], ['dtz', 'DateTime(\'Asia/Tokyo\')', '2020-01-02 03:04:05', '1999-12-31 23:59:59', '1970-01-01 09:00:00'],
  ['d3', 'DateTime64(3, \'UTC\')', '2020-01-02 03:04:05.678', '1900-01-01 00:00:00.000', '2299-12-31 23:59:59.999'], ['d9n', 'DateTime64(9, \'Europe/Moscow\')', '2020-01-02 03:04:05.123456789', '1969-12-31 23:59:59.999999999', '2020-06-01 00:00:00'],
  ['e8', "Enum8('a\\'b' = -5, 'c' = 1)", 'c', "a\\'b", 'c'], ['e16', "Enum16('x' = 1000)", 'x', 'x', 'x'],
  ['lc', 'LowCardinality(String)', 'x', 'y', 'x'], ['ln', 'LowCardinality(Nullable(String))', '\\N', 'y', ''],
  ['n8', 'Nullable(UInt8)', '\\N', '5', '\\N'], ['ns', 'Nullable(String)', '\\N', 'NULL', ''], ['nd', 'Nullable(DateTime(\'UTC\'))', '2020-01-02 03:04:05', '\\N', '\\N'],
  ['a', 'Array(String)', "['a\\'b','c\\t\"']", '[]', "['']"], ['an', 'Array(Nullable(Int32))', '[1,NULL]', '[]', '[NULL]'], ['aa', 'Array(Array(UInt8))', '[[1],[],[2,3]]', '[]', '[[]]'],
  ['ad', 'Array(Date)', "['2020-01-01']", '[]', '[]'], ['t', 'Tuple(UInt8, String)', "(1,'x\"')", "(2,'')", "(3,'\\'')"], ['nt', 'Tuple(a UInt8, `b c` String)', "(1,'x')", "(2,'y')", "(0,'')"],
  ['m', 'Map(String, UInt8)', "{'k':1,'l\"':2}", '{}', "{'':0}"], ['mi', 'Map(UInt8, Array(String))', "{1:['a']}", '{}', '{2:[],3:[]}'], ['iv', 'IntervalDay', '3', '-1', '0'],
  ['sa', 'SimpleAggregateFunction(sum, UInt64)', '1', '2', '3'],
];
const table = (columns) => ({
  structure: columns.map(([n, t]) => `${n} ${t}`).join(', '),
  data: [2, 3, 4].map((row) => columns.map((c) => c[row]).join('\t') + '\n').join(''),
});
const few = table([['n', 'UInt64', '0', '1', '2'], ['s', 'String', 'x', 'é中', 'a\\nb'], ['x', 'Nullable(Int64)', '\\N', '-5000000', '7'], ['f', 'Float64', '0.5', '1e10', '0'], ['d', 'Date', '2020-01-01', '2020-01-02', '1970-01-01']]);
const narrow = { structure: 'x UInt64, `name with a rather long text, quoted` String', data: Array.from({ length: 60 }, (_, i) => `${i}\tv${i}\n`).join('') };
const single = { structure: 'x Int64', data: '1\n1234567\n-5000000\n' };
const nested = table([['a', 'Array(UInt8)', '[1,2]', '[]', '[3]'], ['n', 'Tuple(a UInt8, b Array(Tuple(c UInt8, d String)))', "(1,[(2,'x')])", '(0,[])', "(5,[(6,'y'),(7,'z')])"],
  ['m', 'Map(String, Tuple(x UInt8, y Nullable(UInt8)))', "{'q':(1,NULL)}", '{}', "{'r':(1,2),'s':(3,4)}"], ['t', 'Tuple(UInt8, Tuple(UInt8, UInt8))', '(1,(2,3))', '(0,(0,0))', '(4,(5,6))']]);
const wide = { structure: ['a', 'b', 'c', 'd', 'e'].map((n) => `${n} String`).join(', '), data: ['a', 'b', 'c', 'd', 'e'].map((c) => c.repeat(60)).join('\t') + '\n' };
const empty = { structure: 'a UInt8, b String', data: '', sql: "SELECT 1::UInt8 AS a, '' AS b WHERE 0 SETTINGS max_threads = 1" };

const text = ['TabSeparated', 'TabSeparatedWithNames', 'TSVWithNamesAndTypes', 'TSVRaw', 'CSV', 'CSVWithNames', 'CSVWithNamesAndTypes', 'CustomSeparated', 'CustomSeparatedWithNamesAndTypes', 'Values', 'SQLInsert',
  'JSON', 'JSONStrings', 'JSONCompact', 'JSONCompactStrings', 'JSONColumns', 'JSONCompactColumns', 'JSONColumnsWithMetadata', 'JSONEachRow', 'JSONStringsEachRow', 'PrettyJSONEachRow', 'JSONCompactEachRow',
  'JSONCompactEachRowWithNamesAndTypes', 'JSONCompactStringsEachRow', 'JSONObjectEachRow', 'XML', 'Vertical', 'Markdown', 'TSKV', 'LineAsString'];
const binary = ['RowBinary', 'RowBinaryWithNames', 'RowBinaryWithNamesAndTypes', 'Native'];
const pretty = ['Pretty', 'PrettyCompact', 'PrettySpace', 'PrettyNoEscapes', 'PrettyCompactNoEscapesMonoBlock', 'PrettySpaceMonoBlock'];

const cases = [];
const add = (name, format, source, settings = '') => cases.push({ name, format, settings, ...source });
for (const f of [...text, ...binary]) { add('all', f, table(all)); add('few', f, few); add('nested', f, nested); add('empty', f, empty); }
for (const f of [...pretty, 'Vertical']) for (const [n, s] of Object.entries({ few, narrow, single, nested, wide, empty })) add(n, f, s);
add('all', 'PrettyCompact', table(all)); add('all', 'Pretty', table(all), 'output_format_pretty_fallback_to_vertical=0');
for (const f of ['Pretty', 'PrettyCompact', 'PrettySpace', 'Vertical']) {
  add('color', f, few, 'output_format_pretty_color=1'); add('color', f, single, 'output_format_pretty_color=1');
  add('ascii', f, few, 'output_format_pretty_grid_charset=ASCII'); add('rows', f, narrow, 'output_format_pretty_max_rows=5'); add('bare', f, few, 'output_format_pretty_row_numbers=0');
  add('width', f, wide, 'output_format_pretty_max_value_width=10;output_format_pretty_fallback_to_vertical=0'); add('pad', f, wide, 'output_format_pretty_max_column_pad_width=5;output_format_pretty_fallback_to_vertical=0');
  add('line', f, few, 'output_format_pretty_multiline_fields=0');
}
for (const [f, s] of [['JSON', 'output_format_json_quote_64bit_integers=1;output_format_json_quote_denormals=1;output_format_json_quote_64bit_floats=1;output_format_json_quote_decimals=1'],
  ['JSONEachRow', 'output_format_json_named_tuples_as_objects=0;output_format_json_escape_forward_slashes=0;output_format_json_array_of_rows=1'], ['JSONEachRow', 'output_format_json_map_as_array_of_tuples=1'],
  ['JSON', 'output_format_json_pretty_print=0'], ['CSV', 'format_csv_delimiter=|;output_format_csv_crlf_end_of_line=1;format_csv_null_representation=nil'], ['CSV', 'output_format_csv_serialize_tuple_into_separate_columns=0'],
  ['TSV', 'output_format_tsv_crlf_end_of_line=1;bool_true_representation=yes'], ['TSV', 'output_format_decimal_trailing_zeros=1;date_time_output_format=iso'],
  ['TSV', 'date_time_output_format=unix_timestamp;interval_output_format=kusto'], ['TSV', 'date_time_64_output_format_cut_trailing_zeros_align_to_groups_of_thousands=1'],
  ['TSV', 'output_format_always_write_decimal_point_in_float_and_decimal=1'], ['TSV', 'output_format_float_precision=3'],
  ['Values', 'output_format_values_escape_quote_with_quote=1'], ['SQLInsert', 'output_format_sql_insert_max_batch_size=2;output_format_sql_insert_use_replace=1;output_format_sql_insert_table_name=q.t'],
  ['CustomSeparated', "format_custom_escaping_rule=JSON;format_custom_field_delimiter=|;format_custom_row_before_delimiter=<;format_custom_row_after_delimiter=>;format_custom_row_between_delimiter=,;format_custom_result_before_delimiter=[;format_custom_result_after_delimiter=]"],
  ['Markdown', 'output_format_markdown_escape_special_characters=1'], ['CSV', 'output_format_trim_fixed_string=1']]) add('settings', f, table(all), s);
add('settings', 'JSONObjectEachRow', few, 'format_json_object_each_row_column_for_object_name=s');
const totals = { structure: 'g UInt64, s UInt64', data: '0\t0\n1\t1\n@totals\n0\t1\n@extremes\n0\t0\n1\t1\n', sql: 'SELECT number AS g, sum(number) AS s FROM numbers(2) GROUP BY g WITH TOTALS ORDER BY g SETTINGS extremes = 1' };
for (const f of [...text, ...pretty]) add('totals', f, totals);

const quote = (s) => `'${s.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const session = openSession();
const parts = [];
for (const { name, format, settings, structure, data, sql } of cases) {
  const given = ['output_format_write_statistics=0', ...settings.split(';').filter((s) => s && !s.includes('=;'))];
  const clause = given.map((s) => { const at = s.indexOf('='); return `${s.slice(0, at)}=${quote(s.slice(at + 1))}`; }).join(', ');
  const query = sql ? `${sql}, ${clause}` : `SELECT * FROM format(TSV, ${quote(structure)}, ${quote(data)}) SETTINGS input_format_tsv_detect_header=0, ${clause}`;
  let out;
  try { out = await session.run(query, format); } catch (e) { console.error(name, format, settings, String(e.message).slice(0, 200)); continue; }
  const given_data = Buffer.from(data);
  parts.push(Buffer.from(`#\t${name}\t${format}\t${settings}\t${structure}\t${given_data.length}\t${out.length}\n`), given_data, Buffer.from('\n'), out, Buffer.from('\n'));
}
writeFileSync(join(root, 'format/src/test/resources/io/longhouse/format/outputs.bin'), Buffer.concat(parts));
console.log(`${cases.length} cases`);
session.close();
