// Writes what real ClickHouse makes of inputs in all formats: node compat/peers/make-format-inputs.mjs (needs the peer chdb). The zone must be UTC.
// A row of cases, each a line and two runs of bytes, a line feed behind each run:
//   #  name  format  settings (k=v;k=v)  structure  bytes of input  bytes of result        TAB-separated
//   the result is TabSeparated, or "!" with the error's code and the first line of its message
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from './chdb.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cases = [];
const add = (format, structure, input, settings = '') => cases.push({ format, structure, input, settings });
const lines = (type, values, settings = '') => { for (const v of values) add('TSV', `x ${type}`, v + '\n', settings); };
const json = (type, values, settings = '') => { for (const v of values) add('JSONEachRow', `x ${type}`, `{"x":${v}}\n`, settings); };
const quoted = (type, values, settings = '') => { for (const v of values) add('Values', `x ${type}`, `(${v})`, settings); };
const csv = (type, values, settings = '') => { for (const v of values) add('CSV', `x ${type}`, v + '\n', settings); };

lines('UInt8', ['0', '300', '-1', '+1', '007', '1.5', 'abc', '', ' 5', '5 ', '1e3']);
lines('Int64', ['-9223372036854775808', '9223372036854775808', '-', '--5', '-0']); lines('UInt256', ['115792089237316195423570985008687907853269984665640564039457584007913129639935', '12345678901234567890123']);
lines('Int128', ['-170141183460469231731687303715884105728', '-5', '+7']);
lines('Float64', ['1e5', '0x10', '1.7976931348623159e309', '1e-400', '.5', '5.', '-.5e-3', 'Inf', '-infinity', 'NaN', '+nan', '-nan', 'abc', '', '1e', '1e+5', '123456789012345678901234567890', '4.9e-324', '0.1e', '1.5.2', 'nanx', '1,5']);
lines('Float32', ['1.00000017881393432617187501', '3.5e38', '16777217', '1e-46', '0.1']);
lines('Decimal(9, 2)', ['1.239', '12345678.9', '1e3', '1e-3', '+5', '-.5', '5.', '1.5e1', '-1.239', '1234567.891234567', '12345678', '1234567890', 'abc', '0.00001e5', '100', '-0']);
lines('Decimal(38, 10)', ['1234567890123456789012345678.1234567890', '-0.0000000001', '99999999999999999999999999999', '1.00000000019']); lines('Decimal(18, 18)', ['0.1234567890123456789', '1', '-0.5']);
lines('Bool', ['t', 'F', 'TRUE', 'yes', 'No', 'on', 'OFF', 'enable', 'Disabled', '1', '0', '2', 'tr', '']);
lines('String', ['a\\tb\\nc\\\\d\\\'', '\\b\\f\\r\\0\\x41\\q\\N\\e', '', '\\', 'é']); lines('FixedString(2)', ['a', 'ab', 'abc']);
lines('UUID', ['61f0c4045cb311e7907ba6006ad3dba0', '61F0C404-5CB3-11E7-907B-A6006AD3DBA0', '61f0c404-5cb3', '{61f0c404-5cb3-11e7-907b-a6006ad3dba0}']);
lines('IPv4', ['1.2.3.4', '256.1.1.1', '1.2.3', '01.2.3.4']); lines('IPv6', ['1.2.3.4', '::', '::1', 'fe80::1:0:0:2', '1:0:0:2:0:0:0:3', '1::', '64:ff9b::1.2.3.4', '1:2', '2001:DB8::1', '::1.2.3.4', '1:2:3:4:5:6:7::', 'g::']);
lines('Date', ['2020-1-2', '20200102', '2020/01/02', '18000', '1969-01-01', '2200-01-01', '2020-13-01', '2020-02-31', '0000-00-00', '2020-01-02 03:04:05', 'abc']);
lines('Date32', ['1800-01-01', '2400-01-01', '1925-01-01', '2020-02-30', '2020-00-01']);
for (const mode of ['basic', 'best_effort']) {
  lines("DateTime('UTC')", ['2020-01-02 03:04:05', '1577923445', '2020-01-02', '2020-01-02T03:04:05', '0000-00-00 00:00:00', '5', '12345', '2020-01-02 03:04', 'abc', '', '-5', '4294967296', '1969-01-01 00:00:00', '2200-01-01 00:00:00', '2020-02-30 00:00:00', '2020-01-02 03:04:05.5'], `date_time_input_format=${mode}`);
  lines("DateTime('Europe/Moscow')", ['2010-03-28 02:30:00', '2010-10-31 02:30:00', '2010-10-31 03:00:00', '2011-03-27 02:00:00', '2014-10-26 01:30:00', '1981-04-01 00:30:00'], `date_time_input_format=${mode}`);
  lines("DateTime64(3, 'UTC')", ['2020-01-02 03:04:05.6789', '2020-01-02 03:04:05', '1577923445.5', '1577923445123', '1577923445', '2020-01-02', '-1.5', '1900-01-01 00:00:00', '1969-12-31 23:59:59.5', '2299-12-31 23:59:59.999', '12', '2020-01-02 03:04:05.', '1.5'], `date_time_input_format=${mode}`);
}
lines("DateTime('UTC')", ['2020-01-02T03:04:05Z', '2020-01-02 03:04:05+03:00', '2020-01-02 03:04:05 -0530', '02/01/2020', '2/1/2020 10:11', '31.12.2019 5:06:07', '02-Jan-2020', '2 January 2020 10:11:12 PM', 'Jan 2 2020 12:00 AM', 'Sat, 18 Aug 2018 07:22:16 GMT', '20200102', '20200102030405', '202001', '2020-01-02 03:04:05 MSK', '2020', '2020-01', '1577923445123', '157792344', '2020-01-02, 10:11:12', '10:20:30 2020-01-02', 'Wednesday, 1 Jan 2020', '2020-02-30', '13/13/2020', '2020-1-2 3:4:5', '2020/01/02 03:04:05', '99-01-01', '01-02-99', '2020 Jan 5', '2020-01-02T030405', 'Foo 2020', '2020-01-02 03:04:05.123456', '2020-01-02 10 AM']);
lines("DateTime('UTC')", ['02/01/2020', '2/13/2020', '12.31.2019 5:06:07'], 'date_time_input_format=best_effort_us');
lines("Enum8('a' = 1, 'b' = -2)", ['a', 'b', '1', '-2', 'c', '5', '']); lines("Enum8('a' = 1)", ['1', 'a'], 'input_format_tsv_enum_as_number=1');
lines('Nullable(UInt8)', ['\\N', 'NULL', '', '5']); lines('Nullable(String)', ['\\N', 'NULL', '', '\\Nabc']); lines('LowCardinality(Nullable(String))', ['\\N', 'y', '']);
lines('Array(UInt8)', ['[1, 2 , 3]', '[]', '[ ]', '[1,]', '1,2', "['1']", '[1', '[1 2]', '[300]']); lines('Array(String)', ["['a\\'b', 'c']", '[a]', "['a''b']", '["a"]']); lines('Array(Nullable(String))', ["[NULL,'NULL',null]"]);
lines('Tuple(UInt8, String)', ["(1,'a')", "( 1 , 'b' )", "(1)", "1,'a'"]); lines('Tuple(UInt8)', ['(1)', '(1,)']); lines('Map(String, UInt8)', ["{'a':1,'b' : 2}", '{}', '{a:1}', "{'a':1,}", '[]']);
lines('IntervalDay', ['5', '-5']); lines('Array(Date)', ["['2020-01-01']", '[2020-01-01]']); lines("Array(DateTime('UTC'))", ["['2020-01-01 00:00:00',1577923445]"]);
json('UInt8', ['1', '"7"', 'true', 'false', 'null', '[1]', '1.5', '"z"', '300', '-1', '""']); json('Int64', ['true', '"-5"', '-5', '1e3']); json('Float64', ['"nan"', 'nan', '"inf"', 'null', '1e5', 'true', '"1.5"', '"abc"']);
json('Bool', ['1', '0', 'true', '"true"', 'null', '2']); json('String', ['123', '{"a": [1, 2]}', 'true', 'null', '"\\u0041\\ud83d\\ude00\\n\\/"', '[1, "x"]', '-1.5e3', '"\\ud83d"', '"\\q"', 'abc']);
json('String', ['123'], 'input_format_json_read_numbers_as_strings=0'); json('String', ['{}'], 'input_format_json_read_objects_as_strings=0');
json('Decimal(9, 2)', ['"1.5"', '1.5', 'null']); json("DateTime('UTC')", ['1577923445', '"2020-01-01 00:00:00"', '"1577923445"', 'null']); json("DateTime64(3, 'UTC')", ['1577923445.5', '1577923445', '"2020-01-01 00:00:00.5"']); json('Date', ['"2020-01-01"', '18000']);
json('UUID', ['"61f0c404-5cb3-11e7-907b-a6006ad3dba0"', 'null']); json("Enum8('a' = 1)", ['"a"', '1', '2', '"b"']); json('Array(String)', ['["a", 1, {"b":2}, [1]]', '[]', 'null', '{}']);
json('Tuple(a UInt8, b String)', ['{"b":"z","a":2,"q":3}', '[1,"a"]', '{}', '{"a":null}', 'null']); json('Tuple(UInt8, String)', ['[1,"a"]', '[1]', '{"a":1}']); json('Map(UInt8, UInt8)', ['{"1":2,"3":4}', '{}', '[]']); json('Map(String, Array(UInt8))', ['{"k":[1]}']); json('Nullable(String)', ['null', '"null"', '1']); json('LowCardinality(Nullable(String))', ['null', '"x"']);
json('Nullable(Float64)', ['null', '"nan"', 'nan']); json('IPv4', ['"1.2.3.4"', '"x"']); json('FixedString(2)', ['"abc"', '"a"']);
quoted('UInt8', ['1', '300', 'NULL']); quoted('String', ["'a\\x41\\\\''b'", "'a", 'NULL']); quoted('Bool', ['true', '1', 'FALSE']); quoted("DateTime('UTC')", ["'2020-01-01 00:00:00'", '1577923445']); quoted('Array(Nullable(UInt8))', ['[1,NULL,null]']); quoted('Nullable(String)', ['NULL', 'null', "'NULL'"]); quoted('Date', ["'2020-01-01'"]); quoted('Float64', ['1', '-1.5e3', 'inf', 'nan']);
csv('UInt8', ['1', '"1"', "'1'", ' 1 ', '', '""', '1x', '\t2']); csv('String', ['a', ' a ', '"a""b"', "'a'", '""', '" a "', 'a"b', '"a', 'a b', '"x"y']); csv('Nullable(UInt8)', ['\\N', '', 'NULL', '"\\N"']); csv('Nullable(String)', ['\\N', '', 'NULL', '"\\N"', '""']);
csv('Array(String)', ["\"['a,\"\"b']\"", '[]', "['x']", '"[1]"']); csv('Tuple(UInt8, String)', ['1,y', '"(1,\'x\')"', '1']); csv('Map(String, UInt8)', ["\"{'a':1}\"", '{}']); csv("DateTime('UTC')", ['"2020-01-01 00:00:00"', '2020-01-01 00:00:00', '1577923445', '2020-01-01T00:00:00Z']); csv('Date', ['"2020-01-01"', '2020-01-01']); csv('Bool', ['true', '"false"', '1']); csv('Float64', ['1.5', '"1.5"', 'nan', '']); csv("Enum8('a' = 1)", ['a', '"a"', '1']); csv('String', ["'a,b'"], 'format_csv_allow_single_quotes=1'); csv('Decimal(9, 2)', ['1.5', '"1.5"']); csv('UUID', ['61f0c404-5cb3-11e7-907b-a6006ad3dba0']);
const ab = 'a UInt8, b String';
for (const [f, i, s] of [['TSV', '1\tq\n2\n'], ['TSV', '1\tq\t3\n2\n'], ['TSV', 'a\tb\n2\tc\n'], ['TSV', 'b\ta\nx\t5\n'], ['TSV', 'a\tb\n2\tc\n', 'input_format_tsv_detect_header=0'], ['TSV', '1\tq\r\n'], ['TSV', '1\tq\r\n2\tw\r\n', 'input_format_tsv_crlf_end_of_line=1'], ['TSV', '1\tq'], ['TSV', ''], ['TSV', '\n'], ['TSV', '\tq\n', 'input_format_tsv_empty_as_default=1'],
  ['TSV', '1\tq\n\n2\tw\n'], ['TSV', '1\tq\n2\tw\n\n', 'input_format_tsv_skip_trailing_empty_lines=1'], ['TSV', 'x\n1\tq\n', 'input_format_tsv_skip_first_lines=1'], ['TSV', '1\n2\tq\tz\n', 'input_format_tsv_allow_variable_number_of_columns=1'], ['TSV', '\\N\t\\N\n'], ['TSV', '\\N\t\\N\n', 'input_format_null_as_default=0'],
  ['TSVRaw', '1\ta\\tb\n2\t\\N\n'], ['TSVWithNames', 'b\tq\nx\t5\n'], ['TSVWithNames', 'b\tq\nx\t5\n', 'input_format_skip_unknown_fields=0'], ['TSVWithNames', 'b\ta\nx\t5\n', 'input_format_with_names_use_header=0'], ['TSVWithNames', 'a\ta\n1\t5\n'], ['TSVWithNamesAndTypes', 'b\ta\nString\tUInt16\nx\t5\n'], ['TSVWithNamesAndTypes', 'b\ta\nString\tUInt8\nx\t5\n'],
  ['CSV', '1,q\n2\n'], ['CSV', '1,q,3\n2,x\n'], ['CSV', '1,q,\n2,x\n'], ['CSV', '1,q\n\n2,x\n'], ['CSV', '1,q\r\n2,x\r\n'], ['CSV', '"b","a"\n"x",5\n'], ['CSV', '1,q\n2,w', ''], ['CSV', '1;q\n2; w\n', 'format_csv_delimiter=;'], ['CSV', '1, q \n', 'input_format_csv_trim_whitespaces=0'], ['CSV', ',\n'], ['CSV', ',\n', 'input_format_csv_empty_as_default=0'], ['CSV', '1\n2,q,z\n', 'input_format_csv_allow_variable_number_of_columns=1'], ['CSV', '1,"a\nb"\n'], ['CSV', '1,q\rx\n'],
  ['CSV', '1,q\n\n\n', 'input_format_csv_skip_trailing_empty_lines=1'], ['CSVWithNames', 'b, a\nx,5\n'], ['CSVWithNames', '"b","z"\nx,5\n'], ['CSV', '\\N,\\N\n'],
  ['JSONEachRow', '[{"a":1, "c":[1,{"q":1}]},\n{"b":"x"}]'], ['JSONEachRow', '{"a":1}{"a":"z"}'], ['JSONEachRow', '{"a":1}{"c":5}', 'input_format_skip_unknown_fields=0'], ['JSONEachRow', '{"a":1, "a":2}'], ['JSONEachRow', '{"a":1},{"a":2};{"b":"x"}'], ['JSONEachRow', '{}'], ['JSONEachRow', '{"a":1'], ['JSONEachRow', '{"a" : 1 , "b" : "x" }\n\n'], ['JSONEachRow', '{"\\u0061":1}'], ['JSONEachRow', '{a:1}'], ['JSONEachRow', ''], ['JSONEachRow', '[]'],
  ['JSONCompactEachRow', '[1,"x"]\n[2,"y"],[3,null]'], ['JSONCompactEachRow', '[1]'], ['JSONCompactEachRow', '[1,"a",3]'], ['JSONCompactEachRow', '[1]\n[2,"a",3]', 'input_format_json_compact_allow_variable_number_of_columns=1'], ['JSONCompactEachRowWithNames', '["b","a"]\n["x",1]'], ['JSONStringsEachRow', '{"a":"1","b":"x"}'], ['JSONCompactStringsEachRow', '["1","x"]'],
  ['JSON', '{"meta":[{"name":"a","type":"UInt8"},{"name":"b","type":"String"}],"data":[{"a":1,"b":"x"},{"a":2}],"rows":2}'], ['JSONCompact', '{"meta":[{"name":"a","type":"UInt8"},{"name":"b","type":"String"}],"data":[[1,"x"]],"rows":1}'], ['JSONColumns', '{"b":["x","y"],"a":[1,2]}'], ['JSONColumns', '{"b":["x","y"],"a":[1]}'], ['JSONCompactColumns', '[[1,2],["x","y"]]'],
  ['Values', "(1,'x'),(2,'y') , (3, 'z');"], ['Values', "(1,'x') (2,'y')"], ['Values', "(1,'x',)"], ['Values', ''], ['TSKV', 'b=q\ta=1\n\na=2\tb=x\\=z\n'], ['TSKV', 'tskv\ta=1\n'], ['TSKV', 'a=1\tz=5\n'], ['TSKV', 'a\n'],
  ['CustomSeparated', '1|"x"\n2|"y"\n', 'format_custom_escaping_rule=JSON;format_custom_field_delimiter=|'], ['CustomSeparatedWithNames', 'b\ta\nx\t5\n']]) add(f, ab, i, s ?? '');
add('TSV', 'a UInt8', '1\nx\n3\n', 'input_format_allow_errors_num=1'); add('TSV', 'a UInt8', '1\nx\ny\n', 'input_format_allow_errors_num=1'); add('CSV', 'a UInt8', '1\nx\n3\n', 'input_format_allow_errors_ratio=0.5'); add('JSONEachRow', 'a UInt8', '{"a":1}\n{"a":[]}\n{"a":3}\n', 'input_format_allow_errors_num=1');
add('LineAsString', 's String', 'a\nb\n\nc'); add('RawBLOB', 's String', 'a\nb'); add('JSONAsString', 's String', '{"a": 1} {"b":[1, 2]}'); add('JSONEachRow', 'n.x UInt8, n.y String'.replaceAll('n.', '`n.').replaceAll(' U', '` U').replaceAll(' S', '` S').replace('`` ', '` '), '{"n":{"x":1,"y":"q"}}', 'input_format_import_nested_json=1');

const quote = (s) => `'${s.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const session = openSession();
const parts = [];
for (const { format, structure, input, settings } of cases.filter((c) => c.input !== '' && c.input !== '[]')) {
  const clause = ['max_threads=1', ...settings.split(';').filter(Boolean)].map((s) => { const at = s.indexOf('='); return `${s.slice(0, at)}=${quote(s.slice(at + 1))}`; });
  if (settings === 'format_csv_delimiter=;') clause[1] = "format_csv_delimiter=';'", clause.length = 2;
  let out;
  try {
    out = await session.run(`SELECT * FROM format(${format}, ${quote(structure)}, ${quote(input)}) SETTINGS ${clause.join(', ')}`, 'RowBinary');
  } catch (e) {
    out = Buffer.from('!' + String(e.message).replace(/^(Error: )?/, '').split('\n')[0]);
  }
  const given = Buffer.from(input);
  parts.push(Buffer.from(`#\tinput\t${format}\t${settings}\t${structure}\t${given.length}\t${out.length}\n`), given, Buffer.from('\n'), out, Buffer.from('\n'));
}
writeFileSync(join(root, 'format/src/test/resources/io/longhouse/format/inputs.bin'), Buffer.concat(parts));
console.log(`${cases.length} cases`);
session.close();
