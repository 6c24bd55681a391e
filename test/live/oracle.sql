-- Accounts for `npm run test:live -- oracle`, once per database. Run it as an administrator, with SQL*Plus or SQLcl:
--
--   sqlplus system@db.example/ORCLPDB1 @test/live/oracle.sql
--
-- It asks for one password, which both accounts get. The owner makes the tables of the test and drops them afterwards; the reader is
-- the account that Stadttor gets: it may log in and read what the owner shows it, and nothing else.
-- `drop user stadttor_live cascade` and `drop user stadttor_leser` undo everything.
--
-- Needs Oracle Database 12.1.0.2 or later with Oracle Locator (part of every edition).

accept password char prompt 'Password of both accounts: ' hide

create user stadttor_live identified by "&password" default tablespace users quota 100m on users;
grant create session, create table, create view, create sequence to stadttor_live;

create user stadttor_leser identified by "&password";
grant create session to stadttor_leser;
