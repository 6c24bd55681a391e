-- a page
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- every type, as exact text
select t."BAUM_NR" as c0, t."ART_DE" as c1, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c2, to_char(t."LFD", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c3, to_char(t."HOEHE_CM", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c4, t."UMFANG" as c5, to_char(t."GEFAELLT", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c6, to_char(t."TAG", 'YYYY-MM-DD HH24:MI:SS') as c7, to_char(t."KONTROLLE", 'YYYY-MM-DD HH24:MI:SS') as c8, to_char(sys_extract_utc(t."GEAENDERT"), 'YYYY-MM-DD HH24:MI:SS.FF9') as c9, to_char(t."VITALITAET", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c10, rtrim(t."STRASSE_NR") as c11, case when t."GEOM".SDO_GTYPE < 3000 then SDO_UTIL.TO_WKBGEOMETRY(t."GEOM") when t."GEOM" is not null then SDO_UTIL.TO_WKBGEOMETRY(SDO_CS.MAKE_2D(t."GEOM")) end as c12, case when t."UMRING".SDO_GTYPE < 3000 then SDO_UTIL.TO_WKBGEOMETRY(t."UMRING") when t."UMRING" is not null then SDO_UTIL.TO_WKBGEOMETRY(SDO_CS.MAKE_2D(t."UMRING")) end as c13, t."UMRING".SDO_SRID as c14 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- two columns of one name
select t."BAUM_NR" as c0, t."BAUM_NR" as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- rows without an order
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t fetch first :1 rows only;
--   count: 51

-- a page after so many rows
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t order by t."BAUM_ID" asc offset :1 rows fetch next :2 rows only;
--   count: 100
--   count: 51

-- a page after so many rows, without an order
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t offset :1 rows fetch next :2 rows only;
--   count: 100
--   count: 51

-- where eq on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = :1 order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "O'Brien"
--   count: 51

-- where eq on a text of one-byte characters
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."BAUM_NR" = :1 order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "0-17"
--   count: 51

-- where eq on the empty text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is null order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where ne on the empty text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is not null order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where ne on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" <> :1 order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "Eiche"
--   count: 51

-- where lt on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" < :1 order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "Eiche"
--   count: 51

-- where in on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."ART_DE" in (:1, :2) or t."ART_DE" is null) order by t."BAUM_ID" asc fetch first :3 rows only;
--   text: "Eiche"
--   text: "Linde"
--   count: 51

-- where notIn on a text
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" not in (:1, :2, :3, :4) order by t."BAUM_ID" asc fetch first :5 rows only;
--   text: "Eiche"
--   text: "Linde"
--   text: "Esche"
--   text: "Esche"
--   count: 51

-- where in nothing
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" <> t."ART_DE" order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where notIn nothing
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = t."ART_DE" order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where contains
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where lower(t."ART_DE") like :1 escape '!' order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "%100!%!_[!!]öl%"
--   count: 51

-- where startsWith
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where lower(t."ART_DE") like :1 escape '!' order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "öl%"
--   count: 51

-- where startsWith on a padded code
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where lower(rtrim(t."STRASSE_NR")) like :1 escape '!' order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "0%"
--   count: 51

-- where isNull
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is null order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where not isNull
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" is not null order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where eq on a number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" = to_number(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "1990"
--   count: 51

-- where in on numbers
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" in (to_number(:1), to_number(:2), to_number(:3), to_number(:4)) order by t."BAUM_ID" asc fetch first :5 rows only;
--   narrow: "1990"
--   narrow: "1991"
--   narrow: "1992"
--   narrow: "1992"
--   count: 51

-- where gte on a bigint
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."LFD" >= to_number(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "9007199254740993"
--   count: 51

-- where lt on a decimal
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."HOEHE_CM" < to_number(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "12.5"
--   count: 51

-- where lt on a decimal of many digits
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."HOEHE_CM" < to_number(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "0.1234567890123456789"
--   count: 51

-- where gt on a float
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."UMFANG" > to_binary_double(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "0.1"
--   count: 51

-- where eq on a boolean
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEFAELLT" = to_number(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "1"
--   count: 51

-- where in on booleans
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEFAELLT" in (to_number(:1), to_number(:2)) order by t."BAUM_ID" asc fetch first :3 rows only;
--   narrow: "1"
--   narrow: "0"
--   count: 51

-- where eq on a date
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."TAG" = to_date(:1, 'YYYY-MM-DD HH24:MI:SS') order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "2026-03-29 00:00:00"
--   count: 51

-- where lte on a wall clock
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."KONTROLLE" <= to_date(:1, 'YYYY-MM-DD HH24:MI:SS') order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "2026-07-01 12:00:00"
--   count: 51

-- where gte on a wall clock, in the second pass of the hour that comes twice
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."KONTROLLE" >= to_date(:1, 'YYYY-MM-DD HH24:MI:SS') order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "2026-10-25 03:00:00"
--   count: 51

-- where lt on an instant
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEAENDERT" < from_tz(to_timestamp(:1, 'YYYY-MM-DD HH24:MI:SS.FF9'), 'UTC') order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "2026-07-01 10:00:00"
--   count: 51

-- where lt on an instant finer than any database keeps
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."GEAENDERT" <= from_tz(to_timestamp(:1, 'YYYY-MM-DD HH24:MI:SS.FF9'), 'UTC') order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "2026-07-01 10:00:00.012345678"
--   count: 51

-- where eq on a code that is kept as a number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."VITALITAET" = to_number(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "2"
--   count: 51

-- where eq on a code that is no number
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."VITALITAET" <> t."VITALITAET" order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where eq on a padded code
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = cast(:1 as char(2000)) order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "007"
--   count: 51

-- where in on padded codes
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" in (cast(:1 as char(2000)), cast(:2 as char(2000))) order by t."BAUM_ID" asc fetch first :3 rows only;
--   text: "007"
--   text: "008"
--   count: 51

-- where keys of one column
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(:1), to_number(:2), to_number(:3), to_number(:4)) order by t."BAUM_ID" asc fetch first :5 rows only;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   narrow: "3"
--   count: 51

-- where keys of two columns
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where ((t."STRASSE_NR" = cast(:1 as char(2000)) and t."BAUM_ID" = to_number(:2)) or (t."STRASSE_NR" = cast(:3 as char(2000)) and t."BAUM_ID" = to_number(:4)) or (t."STRASSE_NR" = cast(:5 as char(2000)) and t."BAUM_ID" = to_number(:6)) or (t."STRASSE_NR" = cast(:7 as char(2000)) and t."BAUM_ID" = to_number(:8))) order by t."BAUM_ID" asc fetch first :9 rows only;
--   text: "007"
--   narrow: "1"
--   text: "008"
--   narrow: "2"
--   text: "009"
--   narrow: "3"
--   text: "009"
--   narrow: "3"
--   count: 51

-- where and, or, not
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" = to_number(:1) or t."PFLANZJAHR" is null) and not ((t."HOEHE_CM" > to_number(:2) and t."HOEHE_CM" < to_number(:3))) order by t."BAUM_ID" asc fetch first :4 rows only;
--   narrow: "1990"
--   narrow: "1"
--   narrow: "2"
--   count: 51

-- where nothing at all
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where 1 = 0 order by t."BAUM_ID" asc fetch first :1 rows only;
--   count: 51

-- where 1,500 values
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" in (to_number(?), … 1000 in all) or t."PFLANZJAHR" in (to_number(?), … 512 in all)) order by t."BAUM_ID" asc fetch first ? rows only;
--   narrow: "0"
--   narrow: "1"
--   narrow: "2"
--   … 1513 values …
--   count: 51

-- page after a value, asc, nulls first
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" >= to_number(:1) and ((t."PFLANZJAHR" > to_number(:2)) or (t."PFLANZJAHR" = to_number(:3) and t."BAUM_ID" > to_number(:4)))) order by t."PFLANZJAHR" asc nulls first, t."BAUM_ID" asc fetch first :5 rows only;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls first
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where ((t."PFLANZJAHR" is not null) or (t."PFLANZJAHR" is null and t."BAUM_ID" > to_number(:1))) order by t."PFLANZJAHR" asc nulls first, t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "4711"
--   count: 51

-- page after a value, asc, nulls last
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (((t."PFLANZJAHR" > to_number(:1) or t."PFLANZJAHR" is null)) or (t."PFLANZJAHR" = to_number(:2) and t."BAUM_ID" > to_number(:3))) order by t."PFLANZJAHR" asc, t."BAUM_ID" asc fetch first :4 rows only;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls last
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" is null and t."BAUM_ID" > to_number(:1)) order by t."PFLANZJAHR" asc, t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls first
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" <= to_number(:1) and ((t."PFLANZJAHR" < to_number(:2)) or (t."PFLANZJAHR" = to_number(:3) and t."BAUM_ID" > to_number(:4)))) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc fetch first :5 rows only;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls first
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where ((t."PFLANZJAHR" is not null) or (t."PFLANZJAHR" is null and t."BAUM_ID" > to_number(:1))) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls last
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (((t."PFLANZJAHR" < to_number(:1) or t."PFLANZJAHR" is null)) or (t."PFLANZJAHR" = to_number(:2) and t."BAUM_ID" > to_number(:3))) order by t."PFLANZJAHR" desc nulls last, t."BAUM_ID" asc fetch first :4 rows only;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls last
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (t."PFLANZJAHR" is null and t."BAUM_ID" > to_number(:1)) order by t."PFLANZJAHR" desc nulls last, t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "4711"
--   count: 51

-- page after a row, by a number that the filter has looked at
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" >= to_number(:1) and (t."PFLANZJAHR" <= to_number(:2) and ((t."PFLANZJAHR" < to_number(:3)) or (t."PFLANZJAHR" = to_number(:4) and t."BAUM_ID" > to_number(:5)))) order by t."PFLANZJAHR" desc, t."BAUM_ID" asc fetch first :6 rows only;
--   narrow: "1950"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a row, by text
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (((t."ART_DE" > :1 or t."ART_DE" is null)) or (t."ART_DE" = :2 and t."BAUM_ID" > to_number(:3))) order by t."ART_DE" asc, t."BAUM_ID" asc fetch first :4 rows only;
--   text: "Eiche"
--   text: "Eiche"
--   narrow: "4711"
--   count: 51

-- page after a row, by a wall clock
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (((t."KONTROLLE" < to_date(:1, 'YYYY-MM-DD HH24:MI:SS') or t."KONTROLLE" is null)) or (t."KONTROLLE" = to_date(:2, 'YYYY-MM-DD HH24:MI:SS') and t."BAUM_ID" > to_number(:3))) order by t."KONTROLLE" desc nulls last, t."BAUM_ID" asc fetch first :4 rows only;
--   narrow: "2026-07-01 12:00:00"
--   narrow: "2026-07-01 12:00:00"
--   narrow: "4711"
--   count: 51

-- page after a row, by key alone
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (t."BAUM_ID" > to_number(:1)) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "4711"
--   count: 51

-- rows of one key
select rtrim(t."STRASSE_NR") as c0, t."BAUM_NR" as c1 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = cast(:1 as char(2000)) order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "007"
--   count: 1

-- the latest 24 of each key
select r.c0, r.c1 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, to_char(t."KONTROLLE", 'YYYY-MM-DD HH24:MI:SS') as c1, row_number() over (partition by t."BAUM_ID" order by t."KONTROLLE" desc nulls last, t."BAUM_NR" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(:1), to_number(:2), to_number(:3), to_number(:4)) and t."GEFAELLT" = to_number(:5)) r where r.n <= :6 order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   narrow: "3"
--   narrow: "0"
--   count: 24

-- the next 24 of each key, after so many
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(:1), to_number(:2))) r where r.n > :3 and r.n <= :4 order by r.n;
--   narrow: "1"
--   narrow: "2"
--   count: 24
--   count: 48

-- rows of each key without an order
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by null) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(:1), to_number(:2))) r where r.n <= :3 order by r.n;
--   narrow: "1"
--   narrow: "2"
--   count: 1

-- rows of keys of two columns
select r.c0, r.c1 from (select rtrim(t."STRASSE_NR") as c0, to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1, row_number() over (partition by t."STRASSE_NR", t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where ((t."STRASSE_NR" = cast(:1 as char(2000)) and t."BAUM_ID" = to_number(:2)) or (t."STRASSE_NR" = cast(:3 as char(2000)) and t."BAUM_ID" = to_number(:4)) or (t."STRASSE_NR" = cast(:5 as char(2000)) and t."BAUM_ID" = to_number(:6)) or (t."STRASSE_NR" = cast(:7 as char(2000)) and t."BAUM_ID" = to_number(:8)))) r where r.n <= :9 order by r.n;
--   text: "007"
--   narrow: "1"
--   text: "008"
--   narrow: "2"
--   text: "009"
--   narrow: "3"
--   text: "009"
--   narrow: "3"
--   count: 1

-- 1,000 keys
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 513 values …
--   count: 1
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "513"
--   narrow: "514"
--   narrow: "515"
--   … 513 values …
--   count: 1

-- 1,001 keys
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 513 values …
--   count: 1
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "513"
--   narrow: "514"
--   narrow: "515"
--   … 513 values …
--   count: 1

-- 2,101 keys
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 513 values …
--   count: 1
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "513"
--   narrow: "514"
--   narrow: "515"
--   … 513 values …
--   count: 1
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "1025"
--   narrow: "1026"
--   narrow: "1027"
--   … 513 values …
--   count: 1
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(?), … 512 in all)) r where r.n <= ? order by r.n;
--   narrow: "1537"
--   narrow: "1538"
--   narrow: "1539"
--   … 513 values …
--   count: 1
select r.c0 from (select to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, row_number() over (partition by t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."BAUM_ID" in (to_number(:1), to_number(:2), to_number(:3), to_number(:4), to_number(:5), to_number(:6), to_number(:7), to_number(:8), to_number(:9), to_number(:10), to_number(:11), to_number(:12), to_number(:13), to_number(:14), to_number(:15), to_number(:16), to_number(:17), to_number(:18), to_number(:19), to_number(:20), to_number(:21), to_number(:22), to_number(:23), to_number(:24), to_number(:25), to_number(:26), to_number(:27), to_number(:28), to_number(:29), to_number(:30), to_number(:31), to_number(:32), to_number(:33), to_number(:34), to_number(:35), to_number(:36), to_number(:37), to_number(:38), to_number(:39), to_number(:40), to_number(:41), to_number(:42), to_number(:43), to_number(:44), to_number(:45), to_number(:46), to_number(:47), to_number(:48), to_number(:49), to_number(:50), to_number(:51), to_number(:52), to_number(:53), to_number(:54), to_number(:55), to_number(:56), to_number(:57), to_number(:58), to_number(:59), to_number(:60), to_number(:61), to_number(:62), to_number(:63), to_number(:64))) r where r.n <= :65 order by r.n;
--   narrow: "2049"
--   narrow: "2050"
--   narrow: "2051"
--   … 65 values …
--   count: 1

-- 600 keys of two columns
select r.c0, r.c1 from (select rtrim(t."STRASSE_NR") as c0, to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1, row_number() over (partition by t."STRASSE_NR", t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where ((t."STRASSE_NR" = cast(? as char(2000)) and t."BAUM_ID" = to_number(?)) or … 256 in all)) r where r.n <= ? order by r.n;
--   text: "007"
--   narrow: "1"
--   text: "007"
--   … 513 values …
--   count: 1
select r.c0, r.c1 from (select rtrim(t."STRASSE_NR") as c0, to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1, row_number() over (partition by t."STRASSE_NR", t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where ((t."STRASSE_NR" = cast(? as char(2000)) and t."BAUM_ID" = to_number(?)) or … 256 in all)) r where r.n <= ? order by r.n;
--   text: "007"
--   narrow: "257"
--   text: "007"
--   … 513 values …
--   count: 1
select r.c0, r.c1 from (select rtrim(t."STRASSE_NR") as c0, to_char(t."BAUM_ID", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1, row_number() over (partition by t."STRASSE_NR", t."BAUM_ID" order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where ((t."STRASSE_NR" = cast(? as char(2000)) and t."BAUM_ID" = to_number(?)) or … 128 in all)) r where r.n <= ? order by r.n;
--   text: "007"
--   narrow: "513"
--   text: "007"
--   … 257 values …
--   count: 1

-- keys that no row can have

-- count
select count(*) as c0 from "GRUEN"."V_BAUM" t;

-- every measure
select count(t."ART_DE") as c0, count(distinct t."ART_DE") as c1, to_char(sum(t."PFLANZJAHR"), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c2, to_char(sum(t."HOEHE_CM"), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c3, sum(t."UMFANG") as c4, to_char(avg(t."PFLANZJAHR"), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c5, to_char(avg(t."HOEHE_CM"), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c6, avg(t."UMFANG") as c7, to_char(min(t."HOEHE_CM"), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c8, to_char(max(t."KONTROLLE"), 'YYYY-MM-DD HH24:MI:SS') as c9, to_char(max(t."GEFAELLT"), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c10, min(t."ART_DE") as c11, count(t."GEOM") as c12 from "GRUEN"."V_BAUM" t;

-- groups
select t."ART_DE" as c0, to_char(t."VITALITAET", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1, to_char(t."TAG", 'YYYY-MM-DD HH24:MI:SS') as c2, count(*) as c3, to_char(sum(t."HOEHE_CM"), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c4 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" > to_number(:1) group by t."ART_DE", t."VITALITAET", t."TAG" order by count(*) desc, t."ART_DE" asc, t."VITALITAET" asc, t."TAG" asc fetch first :2 rows only;
--   narrow: "1900"
--   count: 100

-- where eq on a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."ART_DE" = :1 and case when (trim(t."ART_DE") is null or trim(t."ART_DE") in (:2)) then null else t."ART_DE" end = :3 order by t."BAUM_ID" asc fetch first :4 rows only;
--   text: "Linde"
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where ne on a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when (trim(t."ART_DE") is null or trim(t."ART_DE") in (:1)) then null else t."ART_DE" end <> :2 order by t."BAUM_ID" asc fetch first :3 rows only;
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where isNull of a text with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when (trim(t."ART_DE") is null or trim(t."ART_DE") in (:1)) then null else t."ART_DE" end is null order by t."BAUM_ID" asc fetch first :2 rows only;
--   text: "k. A."
--   count: 51

-- where in on a text with blanks around
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when (trim(t."BAUM_NR") is null or trim(t."BAUM_NR") in (:1)) then null else trim(t."BAUM_NR") end in (:2, :3) order by t."BAUM_ID" asc fetch first :4 rows only;
--   text: "N/A"
--   text: "17"
--   text: "18"
--   count: 51

-- where contains on a text with blanks around
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where lower(case when (trim(t."BAUM_NR") is null or trim(t."BAUM_NR") in (:1)) then null else trim(t."BAUM_NR") end) like :2 escape '!' order by t."BAUM_ID" asc fetch first :3 rows only;
--   text: "N/A"
--   text: "%b%"
--   count: 51

-- where eq on a padded code with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."STRASSE_NR" = cast(:1 as char(2000)) and case when trim(rtrim(t."STRASSE_NR")) in (:2) then null else rtrim(t."STRASSE_NR") end = :3 order by t."BAUM_ID" asc fetch first :4 rows only;
--   text: "007"
--   text: "000"
--   text: "007"
--   count: 51

-- where eq on a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when trim(t."BAUM_NR") in (:1, :2) then 1 when (trim(t."BAUM_NR") is null or trim(t."BAUM_NR") in (:3)) then 0 end = to_number(:4) order by t."BAUM_ID" asc fetch first :5 rows only;
--   text: "J"
--   text: "ja"
--   text: "N"
--   narrow: "1"
--   count: 51

-- where not eq on a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where not (case when trim(t."BAUM_NR") in (:1, :2) then 1 when (trim(t."BAUM_NR") is null or trim(t."BAUM_NR") in (:3)) then 0 end = to_number(:4)) order by t."BAUM_ID" asc fetch first :5 rows only;
--   text: "J"
--   text: "ja"
--   text: "N"
--   narrow: "1"
--   count: 51

-- where isNull of a yes or no
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when trim(t."BAUM_NR") in (:1, :2) then 1 when (trim(t."BAUM_NR") is null or trim(t."BAUM_NR") in (:3)) then 0 end is null order by t."BAUM_ID" asc fetch first :4 rows only;
--   text: "J"
--   text: "ja"
--   text: "N"
--   count: 51

-- where lt on a number with markers of missing ones
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."PFLANZJAHR" < to_number(:1) and case when t."PFLANZJAHR" in (to_number(:2), to_number(:3)) then null else t."PFLANZJAHR" end < to_number(:4) order by t."BAUM_ID" asc fetch first :5 rows only;
--   narrow: "1950"
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1950"
--   count: 51

-- where gte on milliseconds since 1970
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when t."LFD" in (to_number(:1)) then null else t."LFD" end >= to_number(:2) order by t."BAUM_ID" asc fetch first :3 rows only;
--   narrow: "0"
--   narrow: "1782900000500"
--   count: 51

-- where gt on milliseconds since 1970, finer than they are
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where case when t."LFD" in (to_number(:1)) then null else t."LFD" end > to_number(:2) order by t."BAUM_ID" asc fetch first :3 rows only;
--   narrow: "0"
--   narrow: "1782900000000"
--   count: 51

-- where lt on a wall clock as seconds since 1970
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where t."LFD" < to_number(:1) order by t."BAUM_ID" asc fetch first :2 rows only;
--   narrow: "1782907200"
--   count: 51

-- page after a row, by a number with markers of missing ones
select t."BAUM_NR" as c0, to_char(t."PFLANZJAHR", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t where (((case when t."PFLANZJAHR" in (to_number(:1), to_number(:2)) then null else t."PFLANZJAHR" end > to_number(:3) or case when t."PFLANZJAHR" in (to_number(:4), to_number(:5)) then null else t."PFLANZJAHR" end is null)) or (case when t."PFLANZJAHR" in (to_number(:6), to_number(:7)) then null else t."PFLANZJAHR" end = to_number(:8) and t."BAUM_ID" > to_number(:9))) order by case when t."PFLANZJAHR" in (to_number(:10), to_number(:11)) then null else t."PFLANZJAHR" end asc, t."BAUM_ID" asc fetch first :12 rows only;
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
select r.c0 from (select rtrim(t."STRASSE_NR") as c0, row_number() over (partition by case when trim(rtrim(t."STRASSE_NR")) in (:1) then null else rtrim(t."STRASSE_NR") end order by t."BAUM_ID" asc) as n from "GRUEN"."V_BAUM" t where t."STRASSE_NR" in (cast(:2 as char(2000)), cast(:3 as char(2000))) and case when trim(rtrim(t."STRASSE_NR")) in (:4) then null else rtrim(t."STRASSE_NR") end in (:5, :6)) r where r.n <= :7 order by r.n;
--   text: "000"
--   text: "007"
--   text: "008"
--   text: "000"
--   text: "007"
--   text: "008"
--   count: 1

-- groups of values that the source writes in its own way
select r.c0 as c0, to_char(r.c1, 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1, count(*) as c2, count(r.c3) as c3, count(distinct r.c4) as c4, to_char(avg(r.c5), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c5, to_char(max(r.c6), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c6 from (select case when (trim(t."ART_DE") is null or trim(t."ART_DE") in (:1)) then null else t."ART_DE" end as c0, case when trim(t."BAUM_NR") in (:2, :3) then 1 when (trim(t."BAUM_NR") is null or trim(t."BAUM_NR") in (:4)) then 0 end as c1, 1 as c2, case when t."PFLANZJAHR" in (to_number(:5), to_number(:6)) then null else t."PFLANZJAHR" end as c3, case when (trim(t."ART_DE") is null or trim(t."ART_DE") in (:7)) then null else t."ART_DE" end as c4, case when t."PFLANZJAHR" in (to_number(:8), to_number(:9)) then null else t."PFLANZJAHR" end as c5, case when t."LFD" in (to_number(:10)) then null else t."LFD" end as c6 from "GRUEN"."V_BAUM" t) r group by r.c0, r.c1 order by count(*) desc, r.c0 asc, r.c1 asc fetch first :11 rows only;
--   text: "k. A."
--   text: "J"
--   text: "ja"
--   text: "N"
--   narrow: "-9999"
--   narrow: "0"
--   text: "k. A."
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "0"
--   count: 100

-- measures of values that the source writes in its own way
select to_char(sum(case when t."PFLANZJAHR" in (to_number(:1), to_number(:2)) then null else t."PFLANZJAHR" end), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c0, to_char(min(case when t."LFD" in (to_number(:3)) then null else t."LFD" end), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c1 from "GRUEN"."V_BAUM" t;
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "0"

-- where bbox
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where SDO_ANYINTERACT(t."GEOM", SDO_GEOMETRY(to_blob(:1), :2)) = 'TRUE' order by t."BAUM_ID" asc fetch first :3 rows only;
--   bytes: 93 bytes, 01030000000100000005000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 25832
--   count: 51

-- where within
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where SDO_ANYINTERACT(t."GEOM", SDO_GEOMETRY(to_blob(:1), :2)) = 'TRUE' order by t."BAUM_ID" asc fetch first :3 rows only;
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 25832
--   count: 51

-- where near
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where SDO_ANYINTERACT(t."GEOM", SDO_GEOMETRY(:1, :2)) = 'TRUE' order by t."BAUM_ID" asc fetch first :3 rows only;
--   bytes: 2557 bytes, 0103000000010000009f000000dd4a2240b94c1f41d1568777cf225441…
--   count: 25832
--   count: 51

-- where bbox, in the reference system of the source
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where SDO_ANYINTERACT(t."UMRING", SDO_GEOMETRY(to_blob(:1), :2)) = 'TRUE' order by t."BAUM_ID" asc fetch first :3 rows only;
--   bytes: 93 bytes, 01030000000100000005000000d63be81207cd4a41b768437471245441…
--   count: 31467
--   count: 51

-- where not within, where there is a geometry
select t."BAUM_NR" as c0 from "GRUEN"."V_BAUM" t where not (SDO_ANYINTERACT(t."GEOM", SDO_GEOMETRY(to_blob(:1), :2)) = 'TRUE') and t."GEOM" is not null order by t."BAUM_ID" asc fetch first :3 rows only;
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 25832
--   count: 51
