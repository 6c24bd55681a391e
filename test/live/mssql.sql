-- A database and accounts for `npm run test:live -- mssql`, once per server. Run it as an administrator, with sqlcmd:
--
--   sqlcmd -S db.example -v password="…" -i test/live/mssql.sql
--
-- Both accounts get the one password. The owner makes the tables of the test in a database of their own and drops them afterwards; the
-- reader is the account that Stadttor gets: it may log in and read the columns that the owner shows it, and nothing else.
-- `drop database stadttor_live; drop login stadttor_live; drop login stadttor_leser` undoes everything.
--
-- Needs SQL Server 2016 or later, any edition.

create login stadttor_live with password = N'$(password)';
create login stadttor_leser with password = N'$(password)';
go
-- The collation that German servers usually have: case is forgiven, accents are not.
create database stadttor_live collate Latin1_General_CI_AS;
go
alter database stadttor_live set read_committed_snapshot on;
go
use stadttor_live;
go
create user stadttor_live for login stadttor_live;
create user stadttor_leser for login stadttor_leser;
alter role db_owner add member stadttor_live;
go
