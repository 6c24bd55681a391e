-- a page
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit ?;
--   count: 51

-- every type, as exact text
select t."BAUM_NR" as c0, t."ART_DE" as c1, t."PFLANZJAHR" as c2, t."LFD" as c3, t."HOEHE_CM" as c4, t."UMFANG" as c5, t."GEFAELLT" as c6, t."TAG" as c7, t."KONTROLLE" as c8, t."GEAENDERT" as c9, t."VITALITAET" as c10, t."STRASSE_NR" as c11, t."GEOM" as c12, t."UMRING" as c13 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit ?;
--   count: 51

-- two columns of one name
select t."BAUM_NR" as c0, t."BAUM_NR" as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit ?;
--   count: 51

-- rows without an order
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t limit ?;
--   count: 51

-- a page after so many rows
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit ? offset ?;
--   count: 51
--   count: 100

-- a page after so many rows, without an order
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t limit ? offset ?;
--   count: 51
--   count: 100

-- where eq on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" collate binary = ? order by t."BAUM_ID" asc limit ?;
--   text: "O'Brien"
--   count: 51

-- where eq on a text of one-byte characters
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."BAUM_NR" collate binary = ? order by t."BAUM_ID" asc limit ?;
--   text: "0-17"
--   count: 51

-- where eq on the empty text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" collate binary = ? order by t."BAUM_ID" asc limit ?;
--   text: ""
--   count: 51

-- where ne on the empty text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" collate binary <> ? order by t."BAUM_ID" asc limit ?;
--   text: ""
--   count: 51

-- where ne on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" collate binary <> ? order by t."BAUM_ID" asc limit ?;
--   text: "Eiche"
--   count: 51

-- where lt on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" < ? order by t."BAUM_ID" asc limit ?;
--   text: "Eiche"
--   count: 51

-- where in on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" collate binary in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[\"Eiche\",\"Linde\",\"\"]"
--   count: 51

-- where notIn on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" collate binary not in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[\"Eiche\",\"Linde\",\"Esche\"]"
--   count: 51

-- where in nothing
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" <> t."ART_DE" order by t."BAUM_ID" asc limit ?;
--   count: 51

-- where notIn nothing
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = t."ART_DE" order by t."BAUM_ID" asc limit ?;
--   count: 51

-- where contains
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_lower(t."ART_DE") like ? escape '!' order by t."BAUM_ID" asc limit ?;
--   text: "%100!%!_[!!]öl%"
--   count: 51

-- where startsWith
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_lower(t."ART_DE") like ? escape '!' order by t."BAUM_ID" asc limit ?;
--   text: "öl%"
--   count: 51

-- where startsWith on a padded code
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_lower(t."STRASSE_NR") like ? escape '!' order by t."BAUM_ID" asc limit ?;
--   text: "0%"
--   count: 51

-- where isNull
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is null order by t."BAUM_ID" asc limit ?;
--   count: 51

-- where not isNull
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is not null order by t."BAUM_ID" asc limit ?;
--   count: 51

-- where eq on a number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" = cast(? as integer) order by t."BAUM_ID" asc limit ?;
--   narrow: "1990"
--   count: 51

-- where in on numbers
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[1990,1991,1992]"
--   count: 51

-- where gte on a bigint
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."LFD" >= cast(? as integer) order by t."BAUM_ID" asc limit ?;
--   narrow: "9007199254740993"
--   count: 51

-- where lt on a decimal
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."HOEHE_CM" < cast(? as numeric) order by t."BAUM_ID" asc limit ?;
--   narrow: "12.5"
--   count: 51

-- where lt on a decimal of many digits
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."HOEHE_CM" < cast(? as numeric) order by t."BAUM_ID" asc limit ?;
--   narrow: "0.1234567890123456789"
--   count: 51

-- where gt on a float
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."UMFANG" > cast(? as real) order by t."BAUM_ID" asc limit ?;
--   narrow: "0.1"
--   count: 51

-- where eq on a boolean
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEFAELLT" = cast(? as integer) order by t."BAUM_ID" asc limit ?;
--   narrow: "1"
--   count: 51

-- where in on booleans
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEFAELLT" in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[1,0]"
--   count: 51

-- where eq on a date
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_date(t."TAG") = ? order by t."BAUM_ID" asc limit ?;
--   narrow: "2026-03-29"
--   count: 51

-- where lte on a wall clock
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_clock(t."KONTROLLE") <= ? order by t."BAUM_ID" asc limit ?;
--   narrow: "2026-07-01 12:00:00.5"
--   count: 51

-- where gte on a wall clock, in the second pass of the hour that comes twice
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_clock(t."KONTROLLE") >= ? order by t."BAUM_ID" asc limit ?;
--   narrow: "2026-10-25 03:00:00"
--   count: 51

-- where lt on an instant
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_instant(t."GEAENDERT") < ? order by t."BAUM_ID" asc limit ?;
--   narrow: "2026-07-01 10:00:00"
--   count: 51

-- where lt on an instant finer than any database keeps
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_instant(t."GEAENDERT") < ? order by t."BAUM_ID" asc limit ?;
--   narrow: "2026-07-01 10:00:00.0123456789"
--   count: 51

-- where eq on a code that is kept as a number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."VITALITAET" = cast(? as integer) order by t."BAUM_ID" asc limit ?;
--   narrow: "2"
--   count: 51

-- where eq on a code that is no number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."VITALITAET" <> t."VITALITAET" order by t."BAUM_ID" asc limit ?;
--   count: 51

-- where eq on a padded code
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" collate binary = ? order by t."BAUM_ID" asc limit ?;
--   text: "007"
--   count: 51

-- where in on padded codes
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" collate binary in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[\"007\",\"008\"]"
--   count: 51

-- where keys of one column
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[1,2,3]"
--   count: 51

-- where keys of two columns
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."STRASSE_NR" collate binary, t."BAUM_ID") in (select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[[\"007\",1],[\"008\",2],[\"009\",3]]"
--   count: 51

-- where and, or, not
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" = cast(? as integer) or t."PFLANZJAHR" is null) and not ((t."HOEHE_CM" > cast(? as numeric) and t."HOEHE_CM" < cast(? as numeric))) order by t."BAUM_ID" asc limit ?;
--   narrow: "1990"
--   narrow: "1"
--   narrow: "2"
--   count: 51

-- where nothing at all
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where 1 = 0 order by t."BAUM_ID" asc limit ?;
--   count: 51

-- where 1,500 values
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22 … 494,1495,1496,1497,1498,1499]"
--   count: 51

-- page after a value, asc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" >= cast(? as integer) and ((t."PFLANZJAHR" > cast(? as integer)) or (t."PFLANZJAHR" = cast(? as integer) and t."BAUM_ID" > cast(? as integer)))) order by t."PFLANZJAHR" asc, t."BAUM_ID" asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where ((t."PFLANZJAHR" is not null) or (t."PFLANZJAHR" is null and t."BAUM_ID" > cast(? as integer))) order by t."PFLANZJAHR" asc, t."BAUM_ID" asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a value, asc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((t."PFLANZJAHR" > cast(? as integer) or t."PFLANZJAHR" is null)) or (t."PFLANZJAHR" = cast(? as integer) and t."BAUM_ID" > cast(? as integer))) order by t."PFLANZJAHR" asc nulls last, t."BAUM_ID" asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" is null and t."BAUM_ID" > cast(? as integer)) order by t."PFLANZJAHR" asc nulls last, t."BAUM_ID" asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" <= cast(? as integer) and ((t."PFLANZJAHR" < cast(? as integer)) or (t."PFLANZJAHR" = cast(? as integer) and t."BAUM_ID" > cast(? as integer)))) order by t."PFLANZJAHR" desc nulls first, t."BAUM_ID" asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where ((t."PFLANZJAHR" is not null) or (t."PFLANZJAHR" is null and t."BAUM_ID" > cast(? as integer))) order by t."PFLANZJAHR" desc nulls first, t."BAUM_ID" asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((t."PFLANZJAHR" < cast(? as integer) or t."PFLANZJAHR" is null)) or (t."PFLANZJAHR" = cast(? as integer) and t."BAUM_ID" > cast(? as integer))) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" is null and t."BAUM_ID" > cast(? as integer)) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a row, by a number that the filter has looked at
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" >= cast(? as integer) and (t."PFLANZJAHR" <= cast(? as integer) and ((t."PFLANZJAHR" < cast(? as integer)) or (t."PFLANZJAHR" = cast(? as integer) and t."BAUM_ID" > cast(? as integer)))) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc limit ?;
--   narrow: "1950"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a row, by text
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((t."ART_DE" > ? or t."ART_DE" is null)) or (t."ART_DE" = ? and t."BAUM_ID" > cast(? as integer))) order by t."ART_DE" asc nulls last, t."BAUM_ID" asc limit ?;
--   text: "Eiche"
--   text: "Eiche"
--   narrow: "4711"
--   count: 51

-- page after a row, by a wall clock
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((gate_clock(t."KONTROLLE") < ? or gate_clock(t."KONTROLLE") is null)) or (gate_clock(t."KONTROLLE") = ? and t."BAUM_ID" > cast(? as integer))) order by gate_clock(t."KONTROLLE") desc, t."BAUM_ID" asc limit ?;
--   narrow: "2026-07-01 12:00:00"
--   narrow: "2026-07-01 12:00:00"
--   narrow: "4711"
--   count: 51

-- page after a row, by key alone
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."BAUM_ID" > cast(? as integer)) order by t."BAUM_ID" asc limit ?;
--   narrow: "4711"
--   count: 51

-- rows of one key
select t."STRASSE_NR" as c0, t."BAUM_NR" as c1 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" collate binary = ? order by t."BAUM_ID" asc limit ?;
--   text: "007"
--   count: 1

-- the latest 24 of each key
select r.c0, r.c1 from (select t."BAUM_ID" as c0, t."KONTROLLE" as c1, row_number() over (partition by t."BAUM_ID" order by gate_clock(t."KONTROLLE") desc, t."BAUM_NR" asc nulls last) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (select value from json_each(?)) and t."GEFAELLT" = cast(? as integer)) r where r.n <= ? order by r.n;
--   text: "[1,2,3]"
--   narrow: "0"
--   count: 24

-- the next 24 of each key, after so many
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (select value from json_each(?))) r where r.n > ? and r.n <= ? order by r.n;
--   text: "[1,2]"
--   count: 24
--   count: 48

-- rows of each key without an order
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID") as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (select value from json_each(?))) r where r.n <= ? order by r.n;
--   text: "[1,2]"
--   count: 1

-- rows of keys of two columns
select r.c0, r.c1 from (select t."STRASSE_NR" as c0, t."BAUM_ID" as c1, row_number() over (partition by t."STRASSE_NR" collate binary, t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where (t."STRASSE_NR" collate binary, t."BAUM_ID") in (select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?))) r where r.n <= ? order by r.n;
--   text: "[[\"007\",1],[\"008\",2],[\"009\",3]]"
--   count: 1

-- 1,000 keys
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (select value from json_each(?))) r where r.n <= ? order by r.n;
--   text: "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,2 … 994,995,996,997,998,999,1000]"
--   count: 1

-- 1,001 keys
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (select value from json_each(?))) r where r.n <= ? order by r.n;
--   text: "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,2 … 95,996,997,998,999,1000,1001]"
--   count: 1

-- 2,101 keys
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (select value from json_each(?))) r where r.n <= ? order by r.n;
--   text: "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,2 … 096,2097,2098,2099,2100,2101]"
--   count: 1

-- 600 keys of two columns
select r.c0, r.c1 from (select t."STRASSE_NR" as c0, t."BAUM_ID" as c1, row_number() over (partition by t."STRASSE_NR" collate binary, t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where (t."STRASSE_NR" collate binary, t."BAUM_ID") in (select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?))) r where r.n <= ? order by r.n;
--   text: "[[\"007\",1],[\"007\",2],[\"007\",3],[\"007\",4],[\"007\",5 … ,[\"007\",599],[\"007\",600]]"
--   count: 1

-- keys that no row can have

-- count
select count(*) as c0 from "GRUEN"."V_BAUM" t;

-- every measure
select count(t."ART_DE") as c0, count(distinct t."ART_DE" collate binary) as c1, gate_sum(t."PFLANZJAHR") as c2, gate_sum(t."HOEHE_CM") as c3, sum(t."UMFANG") as c4, avg(t."PFLANZJAHR") as c5, avg(t."HOEHE_CM") as c6, avg(t."UMFANG") as c7, min(t."HOEHE_CM") as c8, max(gate_clock(t."KONTROLLE")) as c9, max(t."GEFAELLT") as c10, min(t."ART_DE") as c11, count(t."GEOM") as c12 from "GRUEN"."V_BAUM" t;

-- groups
select t."ART_DE" collate binary as c0, t."VITALITAET" as c1, gate_date(t."TAG") as c2, count(*) as c3, gate_sum(t."HOEHE_CM") as c4 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" > cast(? as integer) group by t."ART_DE" collate binary, t."VITALITAET", gate_date(t."TAG") order by count(*) desc, t."ART_DE" collate binary asc nulls last, t."VITALITAET" asc nulls last, gate_date(t."TAG") asc nulls last limit ?;
--   narrow: "1900"
--   count: 100

-- where eq on a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" collate binary = ? and case when trim(t."ART_DE") collate binary in (?, ?) then null else t."ART_DE" end collate binary = ? order by t."BAUM_ID" asc limit ?;
--   text: "Linde"
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where ne on a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when trim(t."ART_DE") collate binary in (?, ?) then null else t."ART_DE" end collate binary <> ? order by t."BAUM_ID" asc limit ?;
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where isNull of a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when trim(t."ART_DE") collate binary in (?, ?) then null else t."ART_DE" end is null order by t."BAUM_ID" asc limit ?;
--   text: ""
--   text: "k. A."
--   count: 51

-- where in on a text with blanks around
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when trim(t."BAUM_NR") collate binary in (?, ?) then null else trim(t."BAUM_NR") end collate binary in (select value from json_each(?)) order by t."BAUM_ID" asc limit ?;
--   text: "N/A"
--   text: ""
--   text: "[\"17\",\"18\"]"
--   count: 51

-- where contains on a text with blanks around
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_lower(case when trim(t."BAUM_NR") collate binary in (?, ?) then null else trim(t."BAUM_NR") end) like ? escape '!' order by t."BAUM_ID" asc limit ?;
--   text: "N/A"
--   text: ""
--   text: "%b%"
--   count: 51

-- where eq on a padded code with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" collate binary = ? and case when trim(t."STRASSE_NR") collate binary in (?) then null else t."STRASSE_NR" end collate binary = ? order by t."BAUM_ID" asc limit ?;
--   text: "007"
--   text: "000"
--   text: "007"
--   count: 51

-- where eq on a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when trim(t."BAUM_NR") collate binary in (?, ?) then 1 when trim(t."BAUM_NR") collate binary in (?, ?) then 0 end = cast(? as integer) order by t."BAUM_ID" asc limit ?;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   narrow: "1"
--   count: 51

-- where not eq on a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where not (case when trim(t."BAUM_NR") collate binary in (?, ?) then 1 when trim(t."BAUM_NR") collate binary in (?, ?) then 0 end = cast(? as integer)) order by t."BAUM_ID" asc limit ?;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   narrow: "1"
--   count: 51

-- where isNull of a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when trim(t."BAUM_NR") collate binary in (?, ?) then 1 when trim(t."BAUM_NR") collate binary in (?, ?) then 0 end is null order by t."BAUM_ID" asc limit ?;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   count: 51

-- where lt on a number with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" < cast(? as integer) and case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end < cast(? as integer) order by t."BAUM_ID" asc limit ?;
--   narrow: "1950"
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1950"
--   count: 51

-- where gte on milliseconds since 1970
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when t."LFD" in (cast(? as numeric)) then null else t."LFD" end >= cast(? as numeric) order by t."BAUM_ID" asc limit ?;
--   narrow: "0"
--   narrow: "1782900000500"
--   count: 51

-- where gt on milliseconds since 1970, finer than they are
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when t."LFD" in (cast(? as numeric)) then null else t."LFD" end > cast(? as numeric) order by t."BAUM_ID" asc limit ?;
--   narrow: "0"
--   narrow: "1782900000000.5"
--   count: 51

-- where lt on a wall clock as seconds since 1970
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."LFD" < cast(? as numeric) order by t."BAUM_ID" asc limit ?;
--   narrow: "1782907200"
--   count: 51

-- page after a row, by a number with markers of missing ones
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end > cast(? as integer) or case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end is null)) or (case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end = cast(? as integer) and t."BAUM_ID" > cast(? as integer))) order by case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end asc nulls last, t."BAUM_ID" asc limit ?;
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1990"
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1990"
--   narrow: "4711"
--   narrow: "-9999"
--   narrow: "0"
--   count: 51

-- rows of keys that have markers of missing ones
select r.c0 from (select t."STRASSE_NR" as c0, row_number() over (partition by case when trim(t."STRASSE_NR") collate binary in (?) then null else t."STRASSE_NR" end collate binary order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."STRASSE_NR" collate binary in (select value from json_each(?)) and case when trim(t."STRASSE_NR") collate binary in (?) then null else t."STRASSE_NR" end collate binary in (select value from json_each(?))) r where r.n <= ? order by r.n;
--   text: "000"
--   text: "[\"007\",\"008\"]"
--   text: "000"
--   text: "[\"007\",\"008\"]"
--   count: 1

-- groups of values that the source writes in its own way
select r.c0 as c0, r.c1 as c1, count(*) as c2, count(r.c3) as c3, count(distinct r.c4) as c4, avg(r.c5) as c5, max(r.c6) as c6 from (select case when trim(t."ART_DE") collate binary in (?, ?) then null else t."ART_DE" end collate binary as c0, case when trim(t."BAUM_NR") collate binary in (?, ?) then 1 when trim(t."BAUM_NR") collate binary in (?, ?) then 0 end as c1, 1 as c2, case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end as c3, case when trim(t."ART_DE") collate binary in (?, ?) then null else t."ART_DE" end collate binary as c4, case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end as c5, case when t."LFD" in (cast(? as numeric)) then null else t."LFD" end as c6 from "GRUEN"."V_BAUM" t) r group by r.c0, r.c1 order by count(*) desc, r.c0 asc nulls last, r.c1 asc nulls last limit ?;
--   text: ""
--   text: "k. A."
--   text: "J"
--   … 14 values …
--   count: 100

-- measures of values that the source writes in its own way
select gate_sum(case when t."PFLANZJAHR" in (cast(? as integer), cast(? as integer)) then null else t."PFLANZJAHR" end) as c0, min(case when t."LFD" in (cast(? as numeric)) then null else t."LFD" end) as c1 from "GRUEN"."V_BAUM" t;
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "0"

-- where bbox
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_bbox(t."GEOM", ?, ?) = 1 order by t."BAUM_ID" asc limit ?;
--   text: "EPSG:25832"
--   text: "[9.17,47.66,9.171,47.661]"
--   count: 51

-- where within
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_within(t."GEOM", ?, ?) = 1 order by t."BAUM_ID" asc limit ?;
--   text: "EPSG:25832"
--   text: "{\"type\":\"Polygon\",\"coordinates\":[[[9.17,47.66],[9.171,47.66],[9.171,47.661],[9.17,47.66]]]}"
--   count: 51

-- where near
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_near(t."GEOM", ?, ?) = 1 order by t."BAUM_ID" asc limit ?;
--   text: "EPSG:25832"
--   text: "[9.17,47.66,50]"
--   count: 51

-- where bbox, in the reference system of the source
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_bbox(t."UMRING", ?, ?) = 1 order by t."BAUM_ID" asc limit ?;
--   text: ""
--   text: "[9.17,47.66,9.171,47.661]"
--   count: 51

-- where not within, where there is a geometry
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where not (gate_within(t."GEOM", ?, ?) = 1) and t."GEOM" is not null order by t."BAUM_ID" asc limit ?;
--   text: "EPSG:25832"
--   text: "{\"type\":\"Polygon\",\"coordinates\":[[[9.17,47.66],[9.171,47.66],[9.171,47.661],[9.17,47.66]]]}"
--   count: 51

-- where eq on a time of day
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where gate_time(t."UHRZEIT") = ? order by t."BAUM_ID" asc limit ?;
--   narrow: "07:30:00"
--   count: 51

-- page after a row, and how many rows there are in all
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1, (select count(*) from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" >= cast(? as integer)) as c2 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" >= cast(? as integer) and (t."BAUM_ID" > cast(? as integer)) order by t."BAUM_ID" asc limit ?;
--   narrow: "1950"
--   narrow: "1950"
--   narrow: "4711"
--   count: 51
