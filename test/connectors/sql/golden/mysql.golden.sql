-- a page
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- every type, as exact text
select t.`BAUM_NR` as c0, t.`ART_DE` as c1, t.`PFLANZJAHR` as c2, t.`LFD` as c3, t.`HOEHE_CM` as c4, t.`UMFANG` as c5, t.`GEFAELLT` as c6, t.`TAG` as c7, t.`KONTROLLE` as c8, t.`GEAENDERT` as c9, t.`VITALITAET` as c10, t.`STRASSE_NR` as c11, ST_AsBinary(t.`GEOM`, 'axis-order=long-lat') as c12, ST_AsBinary(t.`UMRING`, 'axis-order=long-lat') as c13, ST_SRID(t.`UMRING`) as c14 from `GRUEN`.`V_BAUM` t order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- two columns of one name
select t.`BAUM_NR` as c0, t.`BAUM_NR` as c1 from `GRUEN`.`V_BAUM` t order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- rows without an order
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t limit ?;
--   count: 51

-- a page after so many rows
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t order by t.`BAUM_ID` asc limit ? offset ?;
--   count: 51
--   count: 100

-- a page after so many rows, without an order
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t limit ? offset ?;
--   count: 51
--   count: 100

-- where eq on a text
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`ART_DE` = ? and cast(convert(t.`ART_DE` using utf8mb4) as binary) = cast(? as binary)) order by t.`BAUM_ID` asc limit ?;
--   text: "O'Brien"
--   text: "O'Brien"
--   count: 51

-- where eq on a text of one-byte characters
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`BAUM_NR` = ? and cast(convert(t.`BAUM_NR` using utf8mb4) as binary) = cast(? as binary)) order by t.`BAUM_ID` asc limit ?;
--   text: "0-17"
--   text: "0-17"
--   count: 51

-- where eq on the empty text
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`ART_DE` = ? and cast(convert(t.`ART_DE` using utf8mb4) as binary) = cast(? as binary)) order by t.`BAUM_ID` asc limit ?;
--   text: ""
--   text: ""
--   count: 51

-- where ne on the empty text
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where cast(convert(t.`ART_DE` using utf8mb4) as binary) <> cast(? as binary) order by t.`BAUM_ID` asc limit ?;
--   text: ""
--   count: 51

-- where ne on a text
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where cast(convert(t.`ART_DE` using utf8mb4) as binary) <> cast(? as binary) order by t.`BAUM_ID` asc limit ?;
--   text: "Eiche"
--   count: 51

-- where lt on a text
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`ART_DE` < ? order by t.`BAUM_ID` asc limit ?;
--   text: "Eiche"
--   count: 51

-- where in on a text
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`ART_DE` in (?, ?, ?, ?) and cast(convert(t.`ART_DE` using utf8mb4) as binary) in (cast(? as binary), cast(? as binary), cast(? as binary), cast(? as binary))) order by t.`BAUM_ID` asc limit ?;
--   text: "Eiche"
--   text: "Linde"
--   text: ""
--   text: ""
--   text: "Eiche"
--   text: "Linde"
--   text: ""
--   text: ""
--   count: 51

-- where notIn on a text
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where cast(convert(t.`ART_DE` using utf8mb4) as binary) not in (cast(? as binary), cast(? as binary), cast(? as binary), cast(? as binary)) order by t.`BAUM_ID` asc limit ?;
--   text: "Eiche"
--   text: "Linde"
--   text: "Esche"
--   text: "Esche"
--   count: 51

-- where in nothing
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`ART_DE` <> t.`ART_DE` order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- where notIn nothing
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`ART_DE` = t.`ART_DE` order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- where contains
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where lower(convert(t.`ART_DE` using utf8mb4)) collate utf8mb4_bin like ? escape '!' order by t.`BAUM_ID` asc limit ?;
--   text: "%100!%!_[!!]öl%"
--   count: 51

-- where startsWith
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where lower(convert(t.`ART_DE` using utf8mb4)) collate utf8mb4_bin like ? escape '!' order by t.`BAUM_ID` asc limit ?;
--   text: "öl%"
--   count: 51

-- where startsWith on a padded code
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where lower(convert(t.`STRASSE_NR` using utf8mb4)) collate utf8mb4_bin like ? escape '!' order by t.`BAUM_ID` asc limit ?;
--   text: "0%"
--   count: 51

-- where isNull
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`ART_DE` is null order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- where not isNull
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`ART_DE` is not null order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- where eq on a number
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`PFLANZJAHR` = cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1990"
--   count: 51

-- where in on numbers
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0)), cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1990"
--   narrow: "1991"
--   narrow: "1992"
--   narrow: "1992"
--   count: 51

-- where gte on a bigint
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`LFD` >= cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "9007199254740993"
--   count: 51

-- where lt on a decimal
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`HOEHE_CM` < cast(? as decimal(65, 30)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "12.5"
--   count: 51

-- where lt on a decimal of many digits
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`HOEHE_CM` < cast(? as decimal(65, 30)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "0.1234567890123456789"
--   count: 51

-- where gt on a float
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`UMFANG` > cast(? as double) order by t.`BAUM_ID` asc limit ?;
--   narrow: "0.1"
--   count: 51

-- where eq on a boolean
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`GEFAELLT` = cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1"
--   count: 51

-- where in on booleans
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`GEFAELLT` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1"
--   narrow: "0"
--   count: 51

-- where eq on a date
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`TAG` = cast(? as date) and case when dayofmonth(t.`TAG`) between 1 and dayofmonth(last_day(t.`TAG`)) then t.`TAG` end = cast(? as date) order by t.`BAUM_ID` asc limit ?;
--   narrow: "2026-03-29"
--   narrow: "2026-03-29"
--   count: 51

-- where lte on a wall clock
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`KONTROLLE` <= cast(? as datetime(6)) and case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end <= cast(? as datetime(6)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "2026-07-01 12:00:00.5"
--   narrow: "2026-07-01 12:00:00.5"
--   count: 51

-- where gte on a wall clock, in the second pass of the hour that comes twice
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`KONTROLLE` >= cast(? as datetime(6)) and case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end >= cast(? as datetime(6)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "2026-10-25 03:00:00"
--   narrow: "2026-10-25 03:00:00"
--   count: 51

-- where lt on an instant
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`GEAENDERT` < cast(? as datetime(6)) and case when dayofmonth(t.`GEAENDERT`) between 1 and dayofmonth(last_day(t.`GEAENDERT`)) then t.`GEAENDERT` end < cast(? as datetime(6)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "2026-07-01 10:00:00"
--   narrow: "2026-07-01 10:00:00"
--   count: 51

-- where lt on an instant finer than any database keeps
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`GEAENDERT` <= cast(? as datetime(6)) and case when dayofmonth(t.`GEAENDERT`) between 1 and dayofmonth(last_day(t.`GEAENDERT`)) then t.`GEAENDERT` end <= cast(? as datetime(6)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "2026-07-01 10:00:00.012345"
--   narrow: "2026-07-01 10:00:00.012345"
--   count: 51

-- where eq on a code that is kept as a number
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`VITALITAET` = cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "2"
--   count: 51

-- where eq on a code that is no number
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`VITALITAET` <> t.`VITALITAET` order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- where eq on a padded code
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`STRASSE_NR` = ? and cast(convert(t.`STRASSE_NR` using utf8mb4) as binary) = cast(? as binary)) order by t.`BAUM_ID` asc limit ?;
--   text: "007"
--   text: "007"
--   count: 51

-- where in on padded codes
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`STRASSE_NR` in (?, ?) and cast(convert(t.`STRASSE_NR` using utf8mb4) as binary) in (cast(? as binary), cast(? as binary))) order by t.`BAUM_ID` asc limit ?;
--   text: "007"
--   text: "008"
--   text: "007"
--   text: "008"
--   count: 51

-- where keys of one column
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`BAUM_ID` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0)), cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   narrow: "3"
--   count: 51

-- where keys of two columns
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where ((t.`STRASSE_NR`, t.`BAUM_ID`) in ((?, cast(? as decimal(65, 0))), (?, cast(? as decimal(65, 0))), (?, cast(? as decimal(65, 0))), (?, cast(? as decimal(65, 0)))) and (cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID`) in ((cast(? as binary), cast(? as decimal(65, 0))), (cast(? as binary), cast(? as decimal(65, 0))), (cast(? as binary), cast(? as decimal(65, 0))), (cast(? as binary), cast(? as decimal(65, 0))))) order by t.`BAUM_ID` asc limit ?;
--   text: "007"
--   narrow: "1"
--   text: "008"
--   … 17 values …
--   count: 51

-- where and, or, not
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`PFLANZJAHR` = cast(? as decimal(65, 0)) or t.`PFLANZJAHR` is null) and not ((t.`HOEHE_CM` > cast(? as decimal(65, 30)) and t.`HOEHE_CM` < cast(? as decimal(65, 30)))) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1990"
--   narrow: "1"
--   narrow: "2"
--   count: 51

-- where nothing at all
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where 1 = 0 order by t.`BAUM_ID` asc limit ?;
--   count: 51

-- where 1,500 values
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), … 512 in all) or t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), … 512 in all) or t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), … 512 in all)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "0"
--   narrow: "1"
--   narrow: "2"
--   … 1537 values …
--   count: 51

-- page after a value, asc, nulls first
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (t.`PFLANZJAHR` >= cast(? as decimal(65, 0)) and ((t.`PFLANZJAHR` > cast(? as decimal(65, 0))) or (t.`PFLANZJAHR` = cast(? as decimal(65, 0)) and t.`BAUM_ID` > cast(? as decimal(65, 0))))) order by t.`PFLANZJAHR` asc, t.`BAUM_ID` asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls first
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where ((t.`PFLANZJAHR` is not null) or (t.`PFLANZJAHR` is null and t.`BAUM_ID` > cast(? as decimal(65, 0)))) order by t.`PFLANZJAHR` asc, t.`BAUM_ID` asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a value, asc, nulls last
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (((t.`PFLANZJAHR` > cast(? as decimal(65, 0)) or t.`PFLANZJAHR` is null)) or (t.`PFLANZJAHR` = cast(? as decimal(65, 0)) and t.`BAUM_ID` > cast(? as decimal(65, 0)))) order by case when t.`PFLANZJAHR` is null then 1 else 0 end, t.`PFLANZJAHR` asc, t.`BAUM_ID` asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, asc, nulls last
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (t.`PFLANZJAHR` is null and t.`BAUM_ID` > cast(? as decimal(65, 0))) order by case when t.`PFLANZJAHR` is null then 1 else 0 end, t.`PFLANZJAHR` asc, t.`BAUM_ID` asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls first
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (t.`PFLANZJAHR` <= cast(? as decimal(65, 0)) and ((t.`PFLANZJAHR` < cast(? as decimal(65, 0))) or (t.`PFLANZJAHR` = cast(? as decimal(65, 0)) and t.`BAUM_ID` > cast(? as decimal(65, 0))))) order by case when t.`PFLANZJAHR` is null then 0 else 1 end, t.`PFLANZJAHR` desc, t.`BAUM_ID` asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls first
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where ((t.`PFLANZJAHR` is not null) or (t.`PFLANZJAHR` is null and t.`BAUM_ID` > cast(? as decimal(65, 0)))) order by case when t.`PFLANZJAHR` is null then 0 else 1 end, t.`PFLANZJAHR` desc, t.`BAUM_ID` asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a value, desc, nulls last
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (((t.`PFLANZJAHR` < cast(? as decimal(65, 0)) or t.`PFLANZJAHR` is null)) or (t.`PFLANZJAHR` = cast(? as decimal(65, 0)) and t.`BAUM_ID` > cast(? as decimal(65, 0)))) order by t.`PFLANZJAHR` desc, t.`BAUM_ID` asc limit ?;
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a missing value, desc, nulls last
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (t.`PFLANZJAHR` is null and t.`BAUM_ID` > cast(? as decimal(65, 0))) order by t.`PFLANZJAHR` desc, t.`BAUM_ID` asc limit ?;
--   narrow: "4711"
--   count: 51

-- page after a row, by a number that the filter has looked at
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where t.`PFLANZJAHR` >= cast(? as decimal(65, 0)) and (t.`PFLANZJAHR` <= cast(? as decimal(65, 0)) and ((t.`PFLANZJAHR` < cast(? as decimal(65, 0))) or (t.`PFLANZJAHR` = cast(? as decimal(65, 0)) and t.`BAUM_ID` > cast(? as decimal(65, 0))))) order by t.`PFLANZJAHR` desc, t.`BAUM_ID` asc limit ?;
--   narrow: "1950"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"
--   count: 51

-- page after a row, by text
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (((t.`ART_DE` > ? or t.`ART_DE` is null)) or (t.`ART_DE` = ? and cast(convert(t.`ART_DE` using utf8mb4) as binary) > cast(? as binary)) or (t.`ART_DE` = ? and cast(convert(t.`ART_DE` using utf8mb4) as binary) = cast(? as binary) and t.`BAUM_ID` > cast(? as decimal(65, 0)))) order by case when t.`ART_DE` is null then 1 else 0 end, t.`ART_DE` asc, cast(convert(t.`ART_DE` using utf8mb4) as binary) asc, t.`BAUM_ID` asc limit ?;
--   text: "Eiche"
--   text: "Eiche"
--   text: "Eiche"
--   text: "Eiche"
--   text: "Eiche"
--   narrow: "4711"
--   count: 51

-- page after a row, by a wall clock
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (((case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end < cast(? as datetime(6)) or case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end is null)) or (case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end = cast(? as datetime(6)) and t.`BAUM_ID` > cast(? as decimal(65, 0)))) order by case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end desc, t.`BAUM_ID` asc limit ?;
--   narrow: "2026-07-01 12:00:00"
--   narrow: "2026-07-01 12:00:00"
--   narrow: "4711"
--   count: 51

-- page after a row, by key alone
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (t.`BAUM_ID` > cast(? as decimal(65, 0))) order by t.`BAUM_ID` asc limit ?;
--   narrow: "4711"
--   count: 51

-- rows of one key
select t.`STRASSE_NR` as c0, t.`BAUM_NR` as c1 from `GRUEN`.`V_BAUM` t where t.`STRASSE_NR` = ? and cast(convert(t.`STRASSE_NR` using utf8mb4) as binary) = cast(? as binary) order by t.`BAUM_ID` asc limit ?;
--   text: "007"
--   text: "007"
--   count: 1

-- the latest 24 of each key
select r.c0, r.c1 from (select t.`BAUM_ID` as c0, t.`KONTROLLE` as c1, row_number() over (partition by t.`BAUM_ID` order by case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end desc, case when t.`BAUM_NR` is null then 1 else 0 end, t.`BAUM_NR` asc, cast(convert(t.`BAUM_NR` using utf8mb4) as binary) asc) as n from `GRUEN`.`V_BAUM` t where t.`BAUM_ID` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0)), cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) and t.`GEFAELLT` = cast(? as decimal(65, 0))) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   narrow: "3"
--   narrow: "0"
--   count: 24

-- the next 24 of each key, after so many
select r.c0 from (select t.`BAUM_ID` as c0, row_number() over (partition by t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where t.`BAUM_ID` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0)))) r where r.n > ? and r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   count: 24
--   count: 48

-- rows of each key without an order
select r.c0 from (select t.`BAUM_ID` as c0, row_number() over (partition by t.`BAUM_ID`) as n from `GRUEN`.`V_BAUM` t where t.`BAUM_ID` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0)))) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   count: 1

-- rows of keys of two columns
select r.c0, r.c1 from (select t.`STRASSE_NR` as c0, t.`BAUM_ID` as c1, row_number() over (partition by cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where ((t.`STRASSE_NR`, t.`BAUM_ID`) in ((?, cast(? as decimal(65, 0))), (?, cast(? as decimal(65, 0))), (?, cast(? as decimal(65, 0))), (?, cast(? as decimal(65, 0)))) and (cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID`) in ((cast(? as binary), cast(? as decimal(65, 0))), (cast(? as binary), cast(? as decimal(65, 0))), (cast(? as binary), cast(? as decimal(65, 0))), (cast(? as binary), cast(? as decimal(65, 0)))))) r where r.n <= ? order by r.n;
--   text: "007"
--   narrow: "1"
--   text: "008"
--   … 17 values …
--   count: 1

-- 1,000 keys
select r.c0 from (select t.`BAUM_ID` as c0, row_number() over (partition by t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where (t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all) or t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all))) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 1025 values …
--   count: 1

-- 1,001 keys
select r.c0 from (select t.`BAUM_ID` as c0, row_number() over (partition by t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where (t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all) or t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all))) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 1025 values …
--   count: 1

-- 2,101 keys
select r.c0 from (select t.`BAUM_ID` as c0, row_number() over (partition by t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where (t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all) or t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all))) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 1025 values …
--   count: 1
select r.c0 from (select t.`BAUM_ID` as c0, row_number() over (partition by t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where (t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all) or t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 512 in all))) r where r.n <= ? order by r.n;
--   narrow: "1025"
--   narrow: "1026"
--   narrow: "1027"
--   … 1025 values …
--   count: 1
select r.c0 from (select t.`BAUM_ID` as c0, row_number() over (partition by t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where t.`BAUM_ID` in (cast(? as decimal(65, 0)), … 64 in all)) r where r.n <= ? order by r.n;
--   narrow: "2049"
--   narrow: "2050"
--   narrow: "2051"
--   … 65 values …
--   count: 1

-- 600 keys of two columns
select r.c0, r.c1 from (select t.`STRASSE_NR` as c0, t.`BAUM_ID` as c1, row_number() over (partition by cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where ((t.`STRASSE_NR`, t.`BAUM_ID`) in ((?, cast(? as decimal(65, 0))), … 256 in all) and (cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID`) in ((cast(? as binary), cast(? as decimal(65, 0))), … 256 in all))) r where r.n <= ? order by r.n;
--   text: "007"
--   narrow: "1"
--   text: "007"
--   … 1025 values …
--   count: 1
select r.c0, r.c1 from (select t.`STRASSE_NR` as c0, t.`BAUM_ID` as c1, row_number() over (partition by cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where ((t.`STRASSE_NR`, t.`BAUM_ID`) in ((?, cast(? as decimal(65, 0))), … 256 in all) and (cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID`) in ((cast(? as binary), cast(? as decimal(65, 0))), … 256 in all))) r where r.n <= ? order by r.n;
--   text: "007"
--   narrow: "257"
--   text: "007"
--   … 1025 values …
--   count: 1
select r.c0, r.c1 from (select t.`STRASSE_NR` as c0, t.`BAUM_ID` as c1, row_number() over (partition by cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID` order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where ((t.`STRASSE_NR`, t.`BAUM_ID`) in ((?, cast(? as decimal(65, 0))), … 128 in all) and (cast(convert(t.`STRASSE_NR` using utf8mb4) as binary), t.`BAUM_ID`) in ((cast(? as binary), cast(? as decimal(65, 0))), … 128 in all))) r where r.n <= ? order by r.n;
--   text: "007"
--   narrow: "513"
--   text: "007"
--   … 513 values …
--   count: 1

-- keys that no row can have

-- count
select count(*) as c0 from `GRUEN`.`V_BAUM` t;

-- every measure
select count(t.`ART_DE`) as c0, count(distinct cast(convert(t.`ART_DE` using utf8mb4) as binary)) as c1, sum(t.`PFLANZJAHR`) as c2, sum(t.`HOEHE_CM`) as c3, sum(t.`UMFANG`) as c4, avg(t.`PFLANZJAHR` + 0e0) as c5, avg(t.`HOEHE_CM` + 0e0) as c6, avg(t.`UMFANG`) as c7, min(t.`HOEHE_CM`) as c8, max(case when dayofmonth(t.`KONTROLLE`) between 1 and dayofmonth(last_day(t.`KONTROLLE`)) then t.`KONTROLLE` end) as c9, max(t.`GEFAELLT`) as c10, min(t.`ART_DE`) as c11, count(t.`GEOM`) as c12 from `GRUEN`.`V_BAUM` t;

-- groups
select convert(cast(convert(t.`ART_DE` using utf8mb4) as binary) using utf8mb4) as c0, t.`VITALITAET` as c1, case when dayofmonth(t.`TAG`) between 1 and dayofmonth(last_day(t.`TAG`)) then t.`TAG` end as c2, count(*) as c3, sum(t.`HOEHE_CM`) as c4 from `GRUEN`.`V_BAUM` t where t.`PFLANZJAHR` > cast(? as decimal(65, 0)) group by cast(convert(t.`ART_DE` using utf8mb4) as binary), t.`VITALITAET`, case when dayofmonth(t.`TAG`) between 1 and dayofmonth(last_day(t.`TAG`)) then t.`TAG` end order by count(*) desc, case when cast(convert(t.`ART_DE` using utf8mb4) as binary) is null then 1 else 0 end, cast(convert(t.`ART_DE` using utf8mb4) as binary) asc, case when t.`VITALITAET` is null then 1 else 0 end, t.`VITALITAET` asc, case when case when dayofmonth(t.`TAG`) between 1 and dayofmonth(last_day(t.`TAG`)) then t.`TAG` end is null then 1 else 0 end, case when dayofmonth(t.`TAG`) between 1 and dayofmonth(last_day(t.`TAG`)) then t.`TAG` end asc limit ?;
--   narrow: "1900"
--   count: 100

-- where eq on a text with markers of missing ones
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`ART_DE` = ? and cast(convert(t.`ART_DE` using utf8mb4) as binary) = cast(? as binary)) and (case when cast(convert(trim(t.`ART_DE`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else t.`ART_DE` end = ? and cast(convert(case when cast(convert(trim(t.`ART_DE`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else t.`ART_DE` end using utf8mb4) as binary) = cast(? as binary)) order by t.`BAUM_ID` asc limit ?;
--   text: "Linde"
--   text: "Linde"
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where ne on a text with markers of missing ones
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where cast(convert(case when cast(convert(trim(t.`ART_DE`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else t.`ART_DE` end using utf8mb4) as binary) <> cast(? as binary) order by t.`BAUM_ID` asc limit ?;
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   count: 51

-- where isNull of a text with markers of missing ones
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where case when cast(convert(trim(t.`ART_DE`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else t.`ART_DE` end is null order by t.`BAUM_ID` asc limit ?;
--   text: ""
--   text: "k. A."
--   count: 51

-- where in on a text with blanks around
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (case when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else trim(t.`BAUM_NR`) end in (?, ?) and cast(convert(case when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else trim(t.`BAUM_NR`) end using utf8mb4) as binary) in (cast(? as binary), cast(? as binary))) order by t.`BAUM_ID` asc limit ?;
--   text: "N/A"
--   text: ""
--   text: "17"
--   text: "18"
--   text: "N/A"
--   text: ""
--   text: "17"
--   text: "18"
--   count: 51

-- where contains on a text with blanks around
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where lower(convert(case when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else trim(t.`BAUM_NR`) end using utf8mb4)) collate utf8mb4_bin like ? escape '!' order by t.`BAUM_ID` asc limit ?;
--   text: "N/A"
--   text: ""
--   text: "%b%"
--   count: 51

-- where eq on a padded code with markers of missing ones
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where (t.`STRASSE_NR` = ? and cast(convert(t.`STRASSE_NR` using utf8mb4) as binary) = cast(? as binary)) and (case when cast(convert(trim(t.`STRASSE_NR`) using utf8mb4) as binary) in (cast(? as binary)) then null else t.`STRASSE_NR` end = ? and cast(convert(case when cast(convert(trim(t.`STRASSE_NR`) using utf8mb4) as binary) in (cast(? as binary)) then null else t.`STRASSE_NR` end using utf8mb4) as binary) = cast(? as binary)) order by t.`BAUM_ID` asc limit ?;
--   text: "007"
--   text: "007"
--   text: "000"
--   text: "007"
--   text: "000"
--   text: "007"
--   count: 51

-- where eq on a yes or no
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where case when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 1 when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 0 end = cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   narrow: "1"
--   count: 51

-- where not eq on a yes or no
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where not (case when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 1 when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 0 end = cast(? as decimal(65, 0))) order by t.`BAUM_ID` asc limit ?;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   narrow: "1"
--   count: 51

-- where isNull of a yes or no
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where case when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 1 when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 0 end is null order by t.`BAUM_ID` asc limit ?;
--   text: "J"
--   text: "ja"
--   text: "N"
--   text: ""
--   count: 51

-- where lt on a number with markers of missing ones
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`PFLANZJAHR` < cast(? as decimal(65, 0)) and case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end < cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1950"
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1950"
--   count: 51

-- where gte on milliseconds since 1970
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where case when t.`LFD` in (cast(? as decimal(65, 0))) then null else t.`LFD` end >= cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "0"
--   narrow: "1782900000500"
--   count: 51

-- where gt on milliseconds since 1970, finer than they are
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where case when t.`LFD` in (cast(? as decimal(65, 0))) then null else t.`LFD` end > cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "0"
--   narrow: "1782900000000"
--   count: 51

-- where lt on a wall clock as seconds since 1970
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`LFD` < cast(? as decimal(65, 0)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1782907200"
--   count: 51

-- page after a row, by a number with markers of missing ones
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1 from `GRUEN`.`V_BAUM` t where (((case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end > cast(? as decimal(65, 0)) or case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end is null)) or (case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end = cast(? as decimal(65, 0)) and t.`BAUM_ID` > cast(? as decimal(65, 0)))) order by case when case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end is null then 1 else 0 end, case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end asc, t.`BAUM_ID` asc limit ?;
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1990"
--   … 14 values …
--   count: 51

-- rows of keys that have markers of missing ones
select r.c0 from (select t.`STRASSE_NR` as c0, row_number() over (partition by cast(convert(case when cast(convert(trim(t.`STRASSE_NR`) using utf8mb4) as binary) in (cast(? as binary)) then null else t.`STRASSE_NR` end using utf8mb4) as binary) order by t.`BAUM_ID` asc) as n from `GRUEN`.`V_BAUM` t where (t.`STRASSE_NR` in (?, ?) and cast(convert(t.`STRASSE_NR` using utf8mb4) as binary) in (cast(? as binary), cast(? as binary))) and (case when cast(convert(trim(t.`STRASSE_NR`) using utf8mb4) as binary) in (cast(? as binary)) then null else t.`STRASSE_NR` end in (?, ?) and cast(convert(case when cast(convert(trim(t.`STRASSE_NR`) using utf8mb4) as binary) in (cast(? as binary)) then null else t.`STRASSE_NR` end using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)))) r where r.n <= ? order by r.n;
--   text: "000"
--   text: "007"
--   text: "008"
--   text: "007"
--   text: "008"
--   text: "000"
--   text: "007"
--   text: "008"
--   text: "000"
--   text: "007"
--   text: "008"
--   count: 1

-- groups of values that the source writes in its own way
select convert(r.c0 using utf8mb4) as c0, r.c1 as c1, count(*) as c2, count(r.c3) as c3, count(distinct r.c4) as c4, avg(r.c5 + 0e0) as c5, max(r.c6) as c6 from (select cast(convert(case when cast(convert(trim(t.`ART_DE`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else t.`ART_DE` end using utf8mb4) as binary) as c0, case when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 1 when cast(convert(trim(t.`BAUM_NR`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then 0 end as c1, 1 as c2, case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end as c3, cast(convert(case when cast(convert(trim(t.`ART_DE`) using utf8mb4) as binary) in (cast(? as binary), cast(? as binary)) then null else t.`ART_DE` end using utf8mb4) as binary) as c4, case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end as c5, case when t.`LFD` in (cast(? as decimal(65, 0))) then null else t.`LFD` end as c6 from `GRUEN`.`V_BAUM` t) r group by r.c0, r.c1 order by count(*) desc, case when r.c0 is null then 1 else 0 end, r.c0 asc, case when r.c1 is null then 1 else 0 end, r.c1 asc limit ?;
--   text: ""
--   text: "k. A."
--   text: "J"
--   … 14 values …
--   count: 100

-- measures of values that the source writes in its own way
select sum(case when t.`PFLANZJAHR` in (cast(? as decimal(65, 0)), cast(? as decimal(65, 0))) then null else t.`PFLANZJAHR` end) as c0, min(case when t.`LFD` in (cast(? as decimal(65, 0))) then null else t.`LFD` end) as c1 from `GRUEN`.`V_BAUM` t;
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "0"

-- where bbox
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where ST_Intersects(ST_SRID(t.`GEOM`, 0), ST_GeomFromWKB(?, 0)) order by t.`BAUM_ID` asc limit ?;
--   bytes: 93 bytes, 01030000000100000005000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 51

-- where within
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where ST_Intersects(ST_SRID(t.`GEOM`, 0), ST_GeomFromWKB(?, 0)) order by t.`BAUM_ID` asc limit ?;
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 51

-- where near
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where ST_Intersects(ST_SRID(t.`GEOM`, 0), ST_GeomFromWKB(?, 0)) order by t.`BAUM_ID` asc limit ?;
--   bytes: 2557 bytes, 0103000000010000009f000000dd4a2240b94c1f41d1568777cf225441…
--   count: 51

-- where bbox, in the reference system of the source
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where ST_Intersects(ST_SRID(t.`UMRING`, 0), ST_GeomFromWKB(?, 0)) order by t.`BAUM_ID` asc limit ?;
--   bytes: 93 bytes, 01030000000100000005000000d63be81207cd4a41b768437471245441…
--   count: 51

-- where not within, where there is a geometry
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where not (ST_Intersects(ST_SRID(t.`GEOM`, 0), ST_GeomFromWKB(?, 0))) and t.`GEOM` is not null order by t.`BAUM_ID` asc limit ?;
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 51

-- where eq on a time of day
select t.`BAUM_NR` as c0 from `GRUEN`.`V_BAUM` t where t.`UHRZEIT` = cast(cast(? as char) as time(6)) order by t.`BAUM_ID` asc limit ?;
--   narrow: "07:30:00"
--   count: 51

-- page after a row, and how many rows there are in all
select t.`BAUM_NR` as c0, t.`PFLANZJAHR` as c1, (select count(*) from `GRUEN`.`V_BAUM` t where t.`PFLANZJAHR` >= cast(? as decimal(65, 0))) as c2 from `GRUEN`.`V_BAUM` t where t.`PFLANZJAHR` >= cast(? as decimal(65, 0)) and (t.`BAUM_ID` > cast(? as decimal(65, 0))) order by t.`BAUM_ID` asc limit ?;
--   narrow: "1950"
--   narrow: "1950"
--   narrow: "4711"
--   count: 51
