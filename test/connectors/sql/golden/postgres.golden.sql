-- a page
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit 51;

-- every type, as exact text
select t."BAUM_NR" as c0, t."ART_DE" as c1, t."PFLANZJAHR" as c2, t."LFD" as c3, t."HOEHE_CM" as c4, t."UMFANG" as c5, t."GEFAELLT" as c6, t."TAG" as c7, t."KONTROLLE" as c8, t."GEAENDERT" as c9, t."VITALITAET" as c10, rtrim(t."STRASSE_NR") as c11, ST_AsEWKB(t."GEOM"::geometry) as c12, ST_AsEWKB(t."UMRING"::geometry) as c13 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit 51;

-- two columns of one name
select t."BAUM_NR" as c0, t."BAUM_NR" as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit 51;

-- rows without an order
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t limit $1;
--   count: 51

-- a page after so many rows
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc limit 51 offset $1;
--   count: 100

-- a page after so many rows, without an order
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t limit $1 offset $2;
--   count: 51
--   count: 100

-- where eq on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = $1::text order by t."BAUM_ID" asc limit $2;
--   text: "O'Brien"
--   count: 51

-- where eq on a text of one-byte characters
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."BAUM_NR" = $1::text order by t."BAUM_ID" asc limit $2;
--   text: "0-17"
--   count: 51

-- where eq on the empty text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = $1::text order by t."BAUM_ID" asc limit $2;
--   text: ""
--   count: 51

-- where ne on the empty text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" <> $1::text order by t."BAUM_ID" asc limit $2;
--   text: ""
--   count: 51

-- where ne on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" <> $1::text order by t."BAUM_ID" asc limit $2;
--   text: "Eiche"
--   count: 51

-- where lt on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" < $1::text order by t."BAUM_ID" asc limit $2;
--   text: "Eiche"
--   count: 51

-- where in on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = any($1::text[]) order by t."BAUM_ID" asc limit $2;
--   list: ["Eiche","Linde",""]
--   count: 51

-- where notIn on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" <> all($1::text[]) order by t."BAUM_ID" asc limit $2;
--   list: ["Eiche","Linde","Esche"]
--   count: 51

-- where in nothing
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" <> t."ART_DE" order by t."BAUM_ID" asc limit $1;
--   count: 51

-- where notIn nothing
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = t."ART_DE" order by t."BAUM_ID" asc limit $1;
--   count: 51

-- where contains
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" ilike $1 escape '!' order by t."BAUM_ID" asc limit $2;
--   text: "%100!%!_[!!]öl%"
--   count: 51

-- where startsWith
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" ilike $1 escape '!' order by t."BAUM_ID" asc limit $2;
--   text: "öl%"
--   count: 51

-- where startsWith on a padded code
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where rtrim(t."STRASSE_NR") ilike $1 escape '!' order by t."BAUM_ID" asc limit $2;
--   text: "0%"
--   count: 51

-- where isNull
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is null order by t."BAUM_ID" asc limit $1;
--   count: 51

-- where not isNull
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is not null order by t."BAUM_ID" asc limit $1;
--   count: 51

-- where eq on a number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" = $1::bigint order by t."BAUM_ID" asc limit $2;
--   narrow: "1990"
--   count: 51

-- where in on numbers
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" = any($1::bigint[]) order by t."BAUM_ID" asc limit $2;
--   list: ["1990","1991","1992"]
--   count: 51

-- where gte on a bigint
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."LFD" >= $1::bigint order by t."BAUM_ID" asc limit $2;
--   narrow: "9007199254740993"
--   count: 51

-- where lt on a decimal
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."HOEHE_CM" < $1::numeric order by t."BAUM_ID" asc limit $2;
--   narrow: "12.5"
--   count: 51

-- where lt on a decimal of many digits
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."HOEHE_CM" < $1::numeric order by t."BAUM_ID" asc limit $2;
--   narrow: "0.1234567890123456789"
--   count: 51

-- where gt on a float
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."UMFANG" > $1::double precision order by t."BAUM_ID" asc limit $2;
--   narrow: "0.1"
--   count: 51

-- where eq on a boolean
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEFAELLT" = $1::boolean order by t."BAUM_ID" asc limit $2;
--   narrow: "1"
--   count: 51

-- where in on booleans
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEFAELLT" = any($1::boolean[]) order by t."BAUM_ID" asc limit $2;
--   list: ["1","0"]
--   count: 51

-- where eq on a date
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."TAG" = $1::date order by t."BAUM_ID" asc limit $2;
--   narrow: "2026-03-29"
--   count: 51

-- where lte on a wall clock
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."KONTROLLE" <= $1::timestamp order by t."BAUM_ID" asc limit $2;
--   narrow: "2026-07-01 12:00:00.5"
--   count: 51

-- where gte on a wall clock, in the second pass of the hour that comes twice
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."KONTROLLE" >= $1::timestamp order by t."BAUM_ID" asc limit $2;
--   narrow: "2026-10-25 03:00:00"
--   count: 51

-- where lt on an instant
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEAENDERT" < $1::timestamptz order by t."BAUM_ID" asc limit $2;
--   narrow: "2026-07-01 10:00:00"
--   count: 51

-- where lt on an instant finer than any database keeps
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEAENDERT" <= $1::timestamptz order by t."BAUM_ID" asc limit $2;
--   narrow: "2026-07-01 10:00:00.012345"
--   count: 51

-- where eq on a code that is kept as a number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."VITALITAET" = $1::bigint order by t."BAUM_ID" asc limit $2;
--   narrow: "2"
--   count: 51

-- where eq on a code that is no number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."VITALITAET" <> t."VITALITAET" order by t."BAUM_ID" asc limit $1;
--   count: 51

-- where eq on a padded code
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = $1::bpchar order by t."BAUM_ID" asc limit $2;
--   text: "007"
--   count: 51

-- where in on padded codes
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = any($1::bpchar[]) order by t."BAUM_ID" asc limit $2;
--   list: ["007","008"]
--   count: 51

-- where keys of one column
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."BAUM_ID" = any($1::bigint[]) order by t."BAUM_ID" asc limit $2;
--   list: ["1","2","3"]
--   count: 51

-- where keys of two columns
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."STRASSE_NR", t."BAUM_ID") in (select * from unnest($1::bpchar[], $2::bigint[])) order by t."BAUM_ID" asc limit $3;
--   list: ["007","008","009"]
--   list: ["1","2","3"]
--   count: 51

-- where and, or, not
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" = $1::bigint or t."PFLANZJAHR" is null) and not ((t."HOEHE_CM" > $2::numeric and t."HOEHE_CM" < $3::numeric)) order by t."BAUM_ID" asc limit $4;
--   narrow: "1990"
--   narrow: "1"
--   narrow: "2"
--   count: 51

-- where nothing at all
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where 1 = 0 order by t."BAUM_ID" asc limit $1;
--   count: 51

-- where 1,500 values
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" = any($1::bigint[]) order by t."BAUM_ID" asc limit $2;
--   list: ["0","1","2","3","4","5","6","7","8","9","10","11","12","13" … ","1496","1497","1498","1499"]
--   count: 51

-- page after a value, asc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" >= $1::bigint and ((t."PFLANZJAHR" > $2::bigint) or (t."PFLANZJAHR" = $3::bigint and t."BAUM_ID" > $4::bigint))) order by t."PFLANZJAHR" asc nulls first, t."BAUM_ID" asc limit $5;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where ((t."PFLANZJAHR" is not null) or (t."PFLANZJAHR" is null and t."BAUM_ID" > $1::bigint)) order by t."PFLANZJAHR" asc nulls first, t."BAUM_ID" asc limit $2;
--   narrow: "4711"
--   count: 51

-- page after a value, asc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((t."PFLANZJAHR" > $1::bigint or t."PFLANZJAHR" is null)) or (t."PFLANZJAHR" = $2::bigint and t."BAUM_ID" > $3::bigint)) order by t."PFLANZJAHR" asc, t."BAUM_ID" asc limit $4;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" is null and t."BAUM_ID" > $1::bigint) order by t."PFLANZJAHR" asc, t."BAUM_ID" asc limit $2;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" <= $1::bigint and ((t."PFLANZJAHR" < $2::bigint) or (t."PFLANZJAHR" = $3::bigint and t."BAUM_ID" > $4::bigint))) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc limit $5;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls first
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where ((t."PFLANZJAHR" is not null) or (t."PFLANZJAHR" is null and t."BAUM_ID" > $1::bigint)) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc limit $2;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((t."PFLANZJAHR" < $1::bigint or t."PFLANZJAHR" is null)) or (t."PFLANZJAHR" = $2::bigint and t."BAUM_ID" > $3::bigint)) order by t."PFLANZJAHR" desc nulls last, t."BAUM_ID" asc limit $4;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls last
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" is null and t."BAUM_ID" > $1::bigint) order by t."PFLANZJAHR" desc nulls last, t."BAUM_ID" asc limit $2;
--   narrow: "4711"
--   count: 51

-- page after a row, by a number that the filter has looked at
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" >= $1::bigint and (t."PFLANZJAHR" <= $2::bigint and ((t."PFLANZJAHR" < $3::bigint) or (t."PFLANZJAHR" = $4::bigint and t."BAUM_ID" > $5::bigint))) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc limit $6;
--   narrow: "1950"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a row, by text
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((t."ART_DE" > $1::text or t."ART_DE" is null)) or (t."ART_DE" = $2::text and t."BAUM_ID" > $3::bigint)) order by t."ART_DE" asc, t."BAUM_ID" asc limit $4;
--   text: "Eiche"
--   text: "Eiche"
--   narrow: "4711"
--   count: 51

-- page after a row, by a wall clock
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((t."KONTROLLE" < $1::timestamp or t."KONTROLLE" is null)) or (t."KONTROLLE" = $2::timestamp and t."BAUM_ID" > $3::bigint)) order by t."KONTROLLE" desc nulls last, t."BAUM_ID" asc limit $4;
--   narrow: "2026-07-01 12:00:00"
--   narrow: "2026-07-01 12:00:00"
--   narrow: "4711"
--   count: 51

-- page after a row, by key alone
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (t."BAUM_ID" > $1::bigint) order by t."BAUM_ID" asc limit 51;
--   narrow: "4711"

-- rows of one key
select rtrim(t."STRASSE_NR") as c0, t."BAUM_NR" as c1 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = $1::bpchar order by t."BAUM_ID" asc limit 1;
--   text: "007"

-- the latest 24 of each key
select r.c0, r.c1 from (select t."BAUM_ID" as c0, t."KONTROLLE" as c1, row_number() over (partition by t."BAUM_ID" order by t."KONTROLLE" desc nulls last, t."BAUM_NR" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" = any($1::bigint[]) and t."GEFAELLT" = $2::boolean) r where r.n <= $3 order by r.n;
--   list: ["1","2","3"]
--   narrow: "0"
--   count: 24

-- the next 24 of each key, after so many
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" = any($1::bigint[])) r where r.n > $2 and r.n <= $3 order by r.n;
--   list: ["1","2"]
--   count: 24
--   count: 48

-- rows of each key without an order
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID") as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" = any($1::bigint[])) r where r.n <= $2 order by r.n;
--   list: ["1","2"]
--   count: 1

-- rows of keys of two columns
select r.c0, r.c1 from (select rtrim(t."STRASSE_NR") as c0, t."BAUM_ID" as c1, row_number() over (partition by t."STRASSE_NR", t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where (t."STRASSE_NR", t."BAUM_ID") in (select * from unnest($1::bpchar[], $2::bigint[]))) r where r.n <= $3 order by r.n;
--   list: ["007","008","009"]
--   list: ["1","2","3"]
--   count: 1

-- 1,000 keys
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" = any($1::bigint[])) r where r.n <= $2 order by r.n;
--   list: ["1","2","3","4","5","6","7","8","9","10","11","12","13","14 … 996","997","998","999","1000"]
--   count: 1

-- 1,001 keys
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" = any($1::bigint[])) r where r.n <= $2 order by r.n;
--   list: ["1","2","3","4","5","6","7","8","9","10","11","12","13","14 … 97","998","999","1000","1001"]
--   count: 1

-- 2,101 keys
select r.c0 from (select t."BAUM_ID" as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" = any($1::bigint[])) r where r.n <= $2 order by r.n;
--   list: ["1","2","3","4","5","6","7","8","9","10","11","12","13","14 … ","2098","2099","2100","2101"]
--   count: 1

-- 600 keys of two columns
select r.c0, r.c1 from (select rtrim(t."STRASSE_NR") as c0, t."BAUM_ID" as c1, row_number() over (partition by t."STRASSE_NR", t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where (t."STRASSE_NR", t."BAUM_ID") in (select * from unnest($1::bpchar[], $2::bigint[]))) r where r.n <= $3 order by r.n;
--   list: ["007","007","007","007","007","007","007","007","007","007" … "007","007","007","007","007"]
--   list: ["1","2","3","4","5","6","7","8","9","10","11","12","13","14 … "596","597","598","599","600"]
--   count: 1

-- keys that no row can have

-- count
select count(*) as c0 from "GRUEN"."V_BAUM" t;

-- every measure
select count(t."ART_DE") as c0, count(distinct t."ART_DE") as c1, sum(t."PFLANZJAHR") as c2, sum(t."HOEHE_CM") as c3, sum(t."UMFANG") as c4, avg(t."PFLANZJAHR")::double precision as c5, avg(t."HOEHE_CM")::double precision as c6, avg(t."UMFANG") as c7, min(t."HOEHE_CM") as c8, max(t."KONTROLLE") as c9, max(t."GEFAELLT"::int) as c10, min(t."ART_DE") as c11, count(t."GEOM") as c12 from "GRUEN"."V_BAUM" t;

-- groups
select t."ART_DE" as c0, t."VITALITAET" as c1, t."TAG" as c2, count(*) as c3, sum(t."HOEHE_CM") as c4 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" > $1::bigint group by t."ART_DE", t."VITALITAET", t."TAG" order by count(*) desc, t."ART_DE" asc, t."VITALITAET" asc, t."TAG" asc limit $2;
--   narrow: "1900"
--   count: 100

-- where eq on a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = $1::text and case when btrim(t."ART_DE") in ($2::text, $3::text) then null else t."ART_DE" end = $4::text order by t."BAUM_ID" asc limit $5;
--   text: "Linde"
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where ne on a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when btrim(t."ART_DE") in ($1::text, $2::text) then null else t."ART_DE" end <> $3::text order by t."BAUM_ID" asc limit $4;
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where isNull of a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when btrim(t."ART_DE") in ($1::text, $2::text) then null else t."ART_DE" end is null order by t."BAUM_ID" asc limit $3;
--   text: ""
--   text: "k. A."
--   count: 51

-- where in on a text with blanks around
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when btrim(t."BAUM_NR") in ($1::text, $2::text) then null else btrim(t."BAUM_NR") end = any($3::text[]) order by t."BAUM_ID" asc limit $4;
--   text: "N/A"
--   text: ""
--   list: ["17","18"]
--   count: 51

-- where contains on a text with blanks around
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when btrim(t."BAUM_NR") in ($1::text, $2::text) then null else btrim(t."BAUM_NR") end ilike $3 escape '!' order by t."BAUM_ID" asc limit $4;
--   text: "N/A"
--   text: ""
--   text: "%b%"
--   count: 51

-- where eq on a padded code with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = $1::bpchar and case when btrim(rtrim(t."STRASSE_NR")) in ($2::text) then null else rtrim(t."STRASSE_NR") end = $3::text order by t."BAUM_ID" asc limit $4;
--   text: "007"
--   text: "000"
--   text: "007"
--   count: 51

-- where eq on a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when btrim(t."BAUM_NR") in ($1::text, $2::text) then 1 when btrim(t."BAUM_NR") in ($3::text, $4::text) then 0 end = $5::bigint order by t."BAUM_ID" asc limit $6;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   narrow: "1"
--   count: 51

-- where not eq on a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where not (case when btrim(t."BAUM_NR") in ($1::text, $2::text) then 1 when btrim(t."BAUM_NR") in ($3::text, $4::text) then 0 end = $5::bigint) order by t."BAUM_ID" asc limit $6;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   narrow: "1"
--   count: 51

-- where isNull of a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when btrim(t."BAUM_NR") in ($1::text, $2::text) then 1 when btrim(t."BAUM_NR") in ($3::text, $4::text) then 0 end is null order by t."BAUM_ID" asc limit $5;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   count: 51

-- where lt on a number with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" < $1::bigint and case when t."PFLANZJAHR" in ($2::bigint, $3::bigint) then null else t."PFLANZJAHR" end < $4::bigint order by t."BAUM_ID" asc limit $5;
--   narrow: "1950"
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1950"
--   count: 51

-- where gte on milliseconds since 1970
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when t."LFD" in ($1::bigint) then null else t."LFD" end >= $2::bigint order by t."BAUM_ID" asc limit $3;
--   narrow: "0"
--   narrow: "1782900000500"
--   count: 51

-- where gt on milliseconds since 1970, finer than they are
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when t."LFD" in ($1::bigint) then null else t."LFD" end > $2::bigint order by t."BAUM_ID" asc limit $3;
--   narrow: "0"
--   narrow: "1782900000000"
--   count: 51

-- where lt on a wall clock as seconds since 1970
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."LFD" < $1::bigint order by t."BAUM_ID" asc limit $2;
--   narrow: "1782907200"
--   count: 51

-- page after a row, by a number with markers of missing ones
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1 from "GRUEN"."V_BAUM" t where (((case when t."PFLANZJAHR" in ($1::bigint, $2::bigint) then null else t."PFLANZJAHR" end > $3::bigint or case when t."PFLANZJAHR" in ($4::bigint, $5::bigint) then null else t."PFLANZJAHR" end is null)) or (case when t."PFLANZJAHR" in ($6::bigint, $7::bigint) then null else t."PFLANZJAHR" end = $8::bigint and t."BAUM_ID" > $9::bigint)) order by case when t."PFLANZJAHR" in ($10::bigint, $11::bigint) then null else t."PFLANZJAHR" end asc, t."BAUM_ID" asc limit $12;
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
select r.c0 from (select rtrim(t."STRASSE_NR") as c0, row_number() over (partition by case when btrim(rtrim(t."STRASSE_NR")) in ($1::text) then null else rtrim(t."STRASSE_NR") end order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = any($2::bpchar[]) and case when btrim(rtrim(t."STRASSE_NR")) in ($3::text) then null else rtrim(t."STRASSE_NR") end = any($4::text[])) r where r.n <= $5 order by r.n;
--   text: "000"
--   list: ["007","008"]
--   text: "000"
--   list: ["007","008"]
--   count: 1

-- groups of values that the source writes in its own way
select r.c0 as c0, r.c1 as c1, count(*) as c2, count(r.c3) as c3, count(distinct r.c4) as c4, avg(r.c5)::double precision as c5, max(r.c6) as c6 from (select case when btrim(t."ART_DE") in ($1::text, $2::text) then null else t."ART_DE" end as c0, case when btrim(t."BAUM_NR") in ($3::text, $4::text) then 1 when btrim(t."BAUM_NR") in ($5::text, $6::text) then 0 end as c1, 1 as c2, case when t."PFLANZJAHR" in ($7::bigint, $8::bigint) then null else t."PFLANZJAHR" end as c3, case when btrim(t."ART_DE") in ($9::text, $10::text) then null else t."ART_DE" end as c4, case when t."PFLANZJAHR" in ($11::bigint, $12::bigint) then null else t."PFLANZJAHR" end as c5, case when t."LFD" in ($13::bigint) then null else t."LFD" end as c6 from "GRUEN"."V_BAUM" t) r group by r.c0, r.c1 order by count(*) desc, r.c0 asc, r.c1 asc limit $14;
--   text: ""
--   text: "k. A."
--   text: "J"
--   … 14 values …
--   count: 100

-- measures of values that the source writes in its own way
select sum(case when t."PFLANZJAHR" in ($1::bigint, $2::bigint) then null else t."PFLANZJAHR" end) as c0, min(case when t."LFD" in ($3::bigint) then null else t."LFD" end) as c1 from "GRUEN"."V_BAUM" t;
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "0"

-- where bbox
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."GEOM"::geometry && ST_GeomFromWKB($1) and ST_Intersects(ST_MakeValid(ST_SetSRID(t."GEOM"::geometry, 0)), ST_MakeValid(ST_GeomFromWKB($2)))) order by t."BAUM_ID" asc limit $3;
--   bytes: 93 bytes, 01030000000100000005000000d675a254f14b1f41c4eb7f70cf225441…
--   bytes: 93 bytes, 01030000000100000005000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 51

-- where within
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."GEOM"::geometry && ST_GeomFromWKB($1) and ST_Intersects(ST_MakeValid(ST_SetSRID(t."GEOM"::geometry, 0)), ST_MakeValid(ST_GeomFromWKB($2)))) order by t."BAUM_ID" asc limit $3;
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 51

-- where near
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."GEOM"::geometry && ST_GeomFromWKB($1) and ST_Intersects(ST_MakeValid(ST_SetSRID(t."GEOM"::geometry, 0)), ST_MakeValid(ST_GeomFromWKB($2)))) order by t."BAUM_ID" asc limit $3;
--   bytes: 2557 bytes, 0103000000010000009f000000dd4a2240b94c1f41d1568777cf225441…
--   bytes: 2557 bytes, 0103000000010000009f000000dd4a2240b94c1f41d1568777cf225441…
--   count: 51

-- where bbox, in the reference system of the source
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."UMRING"::geometry && ST_GeomFromWKB($1) and ST_Intersects(ST_MakeValid(ST_SetSRID(t."UMRING"::geometry, 0)), ST_MakeValid(ST_GeomFromWKB($2)))) order by t."BAUM_ID" asc limit $3;
--   bytes: 93 bytes, 01030000000100000005000000d63be81207cd4a41b768437471245441…
--   bytes: 93 bytes, 01030000000100000005000000d63be81207cd4a41b768437471245441…
--   count: 51

-- where not within, where there is a geometry
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where not ((t."GEOM"::geometry && ST_GeomFromWKB($1) and ST_Intersects(ST_MakeValid(ST_SetSRID(t."GEOM"::geometry, 0)), ST_MakeValid(ST_GeomFromWKB($2))))) and t."GEOM" is not null order by t."BAUM_ID" asc limit $3;
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 51

-- where eq on a time of day
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."UHRZEIT" = $1::time order by t."BAUM_ID" asc limit $2;
--   narrow: "07:30:00"
--   count: 51

-- page after a row, and how many rows there are in all
select t."BAUM_NR" as c0, t."PFLANZJAHR" as c1, (select count(*) from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" >= $1::bigint) as c2 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" >= $2::bigint and (t."BAUM_ID" > $3::bigint) order by t."BAUM_ID" asc limit $4;
--   narrow: "1950"
--   narrow: "1950"
--   narrow: "4711"
--   count: 51
