id UInt64, u8 UInt8, u16 UInt16, u32 UInt32, i8 Int8, i32 Int32, i64 Int64, i128 Int128, u256 UInt256, f32 Float32, f64 Float64,
dec Decimal(9,2), dec64 Decimal(18,4), dec128 Decimal(38,6), d Date, d32 Date32, dt DateTime, dtz DateTime('America/New_York'), dt64 DateTime64(3), dt64z DateTime64(6,'UTC'),
s String, fs FixedString(4), lc LowCardinality(String), lcn LowCardinality(Nullable(String)), n Nullable(Int32), ns Nullable(String), e Enum8('a'=1,'b'=2,'c'=3), uu UUID, ip IPv4, ip6 IPv6,
arr Array(UInt16), arrs Array(String), tup Tuple(a UInt8, b String), m Map(String, UInt32), b Bool, empty String, z UInt8
