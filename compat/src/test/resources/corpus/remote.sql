-- Tables of other shards, which are this server itself.
create table r (a Int32, b String) engine = MergeTree order by a;
insert into r values (1, 'x'), (2, 'y');
select * from remote('127.0.0.{1,1}', default.r) order by a;
select count(), sum(a) from remote('127.0.0.1,localhost', default, r) where b = 'y';
select sum(number) from remote('127.0.0.1|127.0.0.1', numbers(10));
select _shard_num, a from remote('127.{1,1}', currentDatabase(), r) order by all;
insert into function remote('127.0.0.1', default, r) values (3, 'z');
select * from r order by a;
select count() from cluster('no_such_cluster', default, r);
