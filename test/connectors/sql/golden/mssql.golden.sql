-- a page
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t order by t.[BAUM_ID] asc;
--   count: 51

-- every type, as exact text
select top (@p0) t.[BAUM_NR] as c0, t.[ART_DE] as c1, convert(varchar(41), t.[PFLANZJAHR]) as c2, convert(varchar(41), t.[LFD]) as c3, convert(varchar(60), t.[HOEHE_CM], 2) as c4, t.[UMFANG] as c5, t.[GEFAELLT] as c6, convert(char(10), t.[TAG], 23) as c7, convert(varchar(33), t.[KONTROLLE], 126) as c8, convert(varchar(40), t.[GEAENDERT], 127) as c9, convert(varchar(41), t.[VITALITAET]) as c10, rtrim(t.[STRASSE_NR]) as c11, t.[GEOM].STAsBinary() as c12, t.[UMRING].STAsBinary() as c13, t.[UMRING].STSrid as c14 from [GRUEN].[V_BAUM] t order by t.[BAUM_ID] asc;
--   count: 51

-- two columns of one name
select top (@p0) t.[BAUM_NR] as c0, t.[BAUM_NR] as c1 from [GRUEN].[V_BAUM] t order by t.[BAUM_ID] asc;
--   count: 51

-- rows without an order
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t;
--   count: 51

-- a page after so many rows
select t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t order by t.[BAUM_ID] asc offset @p0 rows fetch next @p1 rows only;
--   count: 100
--   count: 51

-- a page after so many rows, without an order
select t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t order by (select null) offset @p0 rows fetch next @p1 rows only;
--   count: 100
--   count: 51

-- where eq on a text
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[ART_DE] = @p1 and cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max))) order by t.[BAUM_ID] asc;
--   count: 51
--   text: "O'Brien"
--   text: "O'Brien"

-- where eq on a text of one-byte characters
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[BAUM_NR] = @p1 and cast(cast(t.[BAUM_NR] as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max))) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "0-17"
--   narrow: "0-17"

-- where eq on the empty text
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[ART_DE] = @p1 and cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max))) order by t.[BAUM_ID] asc;
--   count: 51
--   text: ""
--   text: ""

-- where ne on the empty text
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) <> cast(cast(@p1 as nvarchar(max)) as varbinary(max)) order by t.[BAUM_ID] asc;
--   count: 51
--   text: ""

-- where ne on a text
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) <> cast(cast(@p1 as nvarchar(max)) as varbinary(max)) order by t.[BAUM_ID] asc;
--   count: 51
--   text: "Eiche"

-- where lt on a text
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[ART_DE] < @p1 order by t.[BAUM_ID] asc;
--   count: 51
--   text: "Eiche"

-- where in on a text
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[ART_DE] in (@p1, @p2, @p3, @p4) and cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) in (cast(cast(@p5 as nvarchar(max)) as varbinary(max)), cast(cast(@p6 as nvarchar(max)) as varbinary(max)), cast(cast(@p7 as nvarchar(max)) as varbinary(max)), cast(cast(@p8 as nvarchar(max)) as varbinary(max)))) order by t.[BAUM_ID] asc;
--   count: 51
--   text: "Eiche"
--   text: "Linde"
--   text: ""
--   text: ""
--   text: "Eiche"
--   text: "Linde"
--   text: ""
--   text: ""

-- where notIn on a text
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) not in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max)), cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max))) order by t.[BAUM_ID] asc;
--   count: 51
--   text: "Eiche"
--   text: "Linde"
--   text: "Esche"
--   text: "Esche"

-- where in nothing
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[ART_DE] <> t.[ART_DE] order by t.[BAUM_ID] asc;
--   count: 51

-- where notIn nothing
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[ART_DE] = t.[ART_DE] order by t.[BAUM_ID] asc;
--   count: 51

-- where contains
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where lower(cast(t.[ART_DE] as nvarchar(max)) collate Latin1_General_100_CI_AS_SC) collate Latin1_General_100_BIN2 like @p1 escape '!' order by t.[BAUM_ID] asc;
--   count: 51
--   text: "%100!%!_![!!]öl%"

-- where startsWith
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where lower(cast(t.[ART_DE] as nvarchar(max)) collate Latin1_General_100_CI_AS_SC) collate Latin1_General_100_BIN2 like @p1 escape '!' order by t.[BAUM_ID] asc;
--   count: 51
--   text: "öl%"

-- where startsWith on a padded code
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where lower(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) collate Latin1_General_100_CI_AS_SC) collate Latin1_General_100_BIN2 like @p1 escape '!' order by t.[BAUM_ID] asc;
--   count: 51
--   text: "0%"

-- where isNull
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[ART_DE] is null order by t.[BAUM_ID] asc;
--   count: 51

-- where not isNull
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[ART_DE] is not null order by t.[BAUM_ID] asc;
--   count: 51

-- where eq on a number
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[PFLANZJAHR] = cast(@p1 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1990"

-- where in on numbers
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[PFLANZJAHR] in (cast(@p1 as bigint), cast(@p2 as bigint), cast(@p3 as bigint), cast(@p4 as bigint)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1990"
--   narrow: "1991"
--   narrow: "1992"
--   narrow: "1992"

-- where gte on a bigint
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[LFD] >= cast(@p1 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "9007199254740993"

-- where lt on a decimal
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[HOEHE_CM] < cast(@p1 as decimal(38, 10)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "12.5"

-- where lt on a decimal of many digits
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[HOEHE_CM] < cast(@p1 as decimal(38, 19)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "0.1234567890123456789"

-- where gt on a float
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[UMFANG] > cast(@p1 as float) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "0.1"

-- where eq on a boolean
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[GEFAELLT] = cast(@p1 as bit) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1"

-- where in on booleans
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[GEFAELLT] in (cast(@p1 as bit), cast(@p2 as bit)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1"
--   narrow: "0"

-- where eq on a date
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[TAG] = convert(date, @p1, 23) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "2026-03-29"

-- where lte on a wall clock
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[KONTROLLE] <= convert(datetime2(7), @p1, 121) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "2026-07-01 12:00:00.5"

-- where gte on a wall clock, in the second pass of the hour that comes twice
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[KONTROLLE] >= convert(datetime2(7), @p1, 121) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "2026-10-25 03:00:00"

-- where lt on an instant
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[GEAENDERT] < todatetimeoffset(convert(datetime2(7), @p1, 121), '+00:00') order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "2026-07-01 10:00:00"

-- where lt on an instant finer than any database keeps
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[GEAENDERT] <= todatetimeoffset(convert(datetime2(7), @p1, 121), '+00:00') order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "2026-07-01 10:00:00.0123456"

-- where eq on a code that is kept as a number
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[VITALITAET] = cast(@p1 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "2"

-- where eq on a code that is no number
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[VITALITAET] <> t.[VITALITAET] order by t.[BAUM_ID] asc;
--   count: 51

-- where eq on a padded code
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[STRASSE_NR] = @p1 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max))) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "007"
--   narrow: "007"

-- where in on padded codes
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[STRASSE_NR] in (@p1, @p2) and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max)))) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "007"
--   narrow: "008"
--   narrow: "007"
--   narrow: "008"

-- where keys of one column
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(@p1 as bigint), cast(@p2 as bigint), cast(@p3 as bigint), cast(@p4 as bigint)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   narrow: "3"

-- where keys of two columns
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where ((t.[STRASSE_NR] = @p1 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p3 as bigint)) or (t.[STRASSE_NR] = @p4 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p5 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p6 as bigint)) or (t.[STRASSE_NR] = @p7 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p8 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p9 as bigint)) or (t.[STRASSE_NR] = @p10 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p11 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p12 as bigint))) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "007"
--   narrow: "007"
--   … 13 values …
--   narrow: "3"

-- where and, or, not
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[PFLANZJAHR] = cast(@p1 as bigint) or t.[PFLANZJAHR] is null) and not ((t.[HOEHE_CM] > cast(@p2 as decimal(38, 10)) and t.[HOEHE_CM] < cast(@p3 as decimal(38, 10)))) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1990"
--   narrow: "1"
--   narrow: "2"

-- where nothing at all
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where 1 = 0 order by t.[BAUM_ID] asc;
--   count: 51

-- where 1,500 values
select top (?) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[PFLANZJAHR] in (cast(? as bigint), … 1024 in all) or t.[PFLANZJAHR] in (cast(? as bigint), … 512 in all)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "0"
--   narrow: "1"
--   … 1537 values …
--   narrow: "1499"

-- page after a value, asc, nulls first
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (t.[PFLANZJAHR] >= cast(@p1 as bigint) and ((t.[PFLANZJAHR] > cast(@p2 as bigint)) or (t.[PFLANZJAHR] = cast(@p3 as bigint) and t.[BAUM_ID] > cast(@p4 as bigint)))) order by t.[PFLANZJAHR] asc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"

-- page after a missing value, asc, nulls first
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where ((t.[PFLANZJAHR] is not null) or (t.[PFLANZJAHR] is null and t.[BAUM_ID] > cast(@p1 as bigint))) order by t.[PFLANZJAHR] asc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "4711"

-- page after a value, asc, nulls last
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (((t.[PFLANZJAHR] > cast(@p1 as bigint) or t.[PFLANZJAHR] is null)) or (t.[PFLANZJAHR] = cast(@p2 as bigint) and t.[BAUM_ID] > cast(@p3 as bigint))) order by case when t.[PFLANZJAHR] is null then 1 else 0 end, t.[PFLANZJAHR] asc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"

-- page after a missing value, asc, nulls last
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (t.[PFLANZJAHR] is null and t.[BAUM_ID] > cast(@p1 as bigint)) order by case when t.[PFLANZJAHR] is null then 1 else 0 end, t.[PFLANZJAHR] asc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "4711"

-- page after a value, desc, nulls first
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (t.[PFLANZJAHR] <= cast(@p1 as bigint) and ((t.[PFLANZJAHR] < cast(@p2 as bigint)) or (t.[PFLANZJAHR] = cast(@p3 as bigint) and t.[BAUM_ID] > cast(@p4 as bigint)))) order by case when t.[PFLANZJAHR] is null then 0 else 1 end, t.[PFLANZJAHR] desc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"

-- page after a missing value, desc, nulls first
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where ((t.[PFLANZJAHR] is not null) or (t.[PFLANZJAHR] is null and t.[BAUM_ID] > cast(@p1 as bigint))) order by case when t.[PFLANZJAHR] is null then 0 else 1 end, t.[PFLANZJAHR] desc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "4711"

-- page after a value, desc, nulls last
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (((t.[PFLANZJAHR] < cast(@p1 as bigint) or t.[PFLANZJAHR] is null)) or (t.[PFLANZJAHR] = cast(@p2 as bigint) and t.[BAUM_ID] > cast(@p3 as bigint))) order by t.[PFLANZJAHR] desc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"

-- page after a missing value, desc, nulls last
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (t.[PFLANZJAHR] is null and t.[BAUM_ID] > cast(@p1 as bigint)) order by t.[PFLANZJAHR] desc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "4711"

-- page after a row, by a number that the filter has looked at
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where t.[PFLANZJAHR] >= cast(@p1 as bigint) and (t.[PFLANZJAHR] <= cast(@p2 as bigint) and ((t.[PFLANZJAHR] < cast(@p3 as bigint)) or (t.[PFLANZJAHR] = cast(@p4 as bigint) and t.[BAUM_ID] > cast(@p5 as bigint)))) order by t.[PFLANZJAHR] desc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1950"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "1990"
--   narrow: "4711"

-- page after a row, by text
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (((t.[ART_DE] > @p1 or t.[ART_DE] is null)) or (t.[ART_DE] = @p2 and cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) > cast(cast(@p3 as nvarchar(max)) as varbinary(max))) or (t.[ART_DE] = @p4 and cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) = cast(cast(@p5 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] > cast(@p6 as bigint))) order by case when t.[ART_DE] is null then 1 else 0 end, t.[ART_DE] asc, cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) asc, t.[BAUM_ID] asc;
--   count: 51
--   text: "Eiche"
--   text: "Eiche"
--   text: "Eiche"
--   text: "Eiche"
--   text: "Eiche"
--   narrow: "4711"

-- page after a row, by a wall clock
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (((t.[KONTROLLE] < convert(datetime2(7), @p1, 121) or t.[KONTROLLE] is null)) or (t.[KONTROLLE] = convert(datetime2(7), @p2, 121) and t.[BAUM_ID] > cast(@p3 as bigint))) order by t.[KONTROLLE] desc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "2026-07-01 12:00:00"
--   narrow: "2026-07-01 12:00:00"
--   narrow: "4711"

-- page after a row, by key alone
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (t.[BAUM_ID] > cast(@p1 as bigint)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "4711"

-- rows of one key
select top (@p0) rtrim(t.[STRASSE_NR]) as c0, t.[BAUM_NR] as c1 from [GRUEN].[V_BAUM] t where t.[STRASSE_NR] = @p1 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max)) order by t.[BAUM_ID] asc;
--   count: 1
--   narrow: "007"
--   narrow: "007"

-- the latest 24 of each key
select r.c0, r.c1 from (select convert(varchar(41), t.[BAUM_ID]) as c0, convert(varchar(33), t.[KONTROLLE], 126) as c1, row_number() over (partition by t.[BAUM_ID] order by t.[KONTROLLE] desc, case when t.[BAUM_NR] is null then 1 else 0 end, t.[BAUM_NR] asc, cast(cast(t.[BAUM_NR] as nvarchar(max)) as varbinary(max)) asc) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(@p0 as bigint), cast(@p1 as bigint), cast(@p2 as bigint), cast(@p3 as bigint)) and t.[GEFAELLT] = cast(@p4 as bit)) r where r.n <= @p5 order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   narrow: "3"
--   narrow: "0"
--   count: 24

-- the next 24 of each key, after so many
select r.c0 from (select convert(varchar(41), t.[BAUM_ID]) as c0, row_number() over (partition by t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(@p0 as bigint), cast(@p1 as bigint))) r where r.n > @p2 and r.n <= @p3 order by r.n;
--   narrow: "1"
--   narrow: "2"
--   count: 24
--   count: 48

-- rows of each key without an order
select r.c0 from (select convert(varchar(41), t.[BAUM_ID]) as c0, row_number() over (partition by t.[BAUM_ID] order by (select null)) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(@p0 as bigint), cast(@p1 as bigint))) r where r.n <= @p2 order by r.n;
--   narrow: "1"
--   narrow: "2"
--   count: 1

-- rows of keys of two columns
select r.c0, r.c1 from (select rtrim(t.[STRASSE_NR]) as c0, convert(varchar(41), t.[BAUM_ID]) as c1, row_number() over (partition by cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)), t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where ((t.[STRASSE_NR] = @p0 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p1 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p2 as bigint)) or (t.[STRASSE_NR] = @p3 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p4 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p5 as bigint)) or (t.[STRASSE_NR] = @p6 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p7 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p8 as bigint)) or (t.[STRASSE_NR] = @p9 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p10 as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(@p11 as bigint)))) r where r.n <= @p12 order by r.n;
--   narrow: "007"
--   narrow: "007"
--   narrow: "1"
--   … 13 values …
--   count: 1

-- 1,000 keys
select r.c0 from (select convert(varchar(41), t.[BAUM_ID]) as c0, row_number() over (partition by t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(? as bigint), … 1024 in all)) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 1025 values …
--   count: 1

-- 1,001 keys
select r.c0 from (select convert(varchar(41), t.[BAUM_ID]) as c0, row_number() over (partition by t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(? as bigint), … 1024 in all)) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 1025 values …
--   count: 1

-- 2,101 keys
select r.c0 from (select convert(varchar(41), t.[BAUM_ID]) as c0, row_number() over (partition by t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(? as bigint), … 1024 in all)) r where r.n <= ? order by r.n;
--   narrow: "1"
--   narrow: "2"
--   narrow: "3"
--   … 1025 values …
--   count: 1
select r.c0 from (select convert(varchar(41), t.[BAUM_ID]) as c0, row_number() over (partition by t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(? as bigint), … 1024 in all)) r where r.n <= ? order by r.n;
--   narrow: "1025"
--   narrow: "1026"
--   narrow: "1027"
--   … 1025 values …
--   count: 1
select r.c0 from (select convert(varchar(41), t.[BAUM_ID]) as c0, row_number() over (partition by t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where t.[BAUM_ID] in (cast(? as bigint), … 64 in all)) r where r.n <= ? order by r.n;
--   narrow: "2049"
--   narrow: "2050"
--   narrow: "2051"
--   … 65 values …
--   count: 1

-- 600 keys of two columns
select r.c0, r.c1 from (select rtrim(t.[STRASSE_NR]) as c0, convert(varchar(41), t.[BAUM_ID]) as c1, row_number() over (partition by cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)), t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where ((t.[STRASSE_NR] = ? and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(? as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(? as bigint)) or … 256 in all)) r where r.n <= ? order by r.n;
--   narrow: "007"
--   narrow: "007"
--   narrow: "1"
--   … 769 values …
--   count: 1
select r.c0, r.c1 from (select rtrim(t.[STRASSE_NR]) as c0, convert(varchar(41), t.[BAUM_ID]) as c1, row_number() over (partition by cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)), t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where ((t.[STRASSE_NR] = ? and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(? as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(? as bigint)) or … 256 in all)) r where r.n <= ? order by r.n;
--   narrow: "007"
--   narrow: "007"
--   narrow: "257"
--   … 769 values …
--   count: 1
select r.c0, r.c1 from (select rtrim(t.[STRASSE_NR]) as c0, convert(varchar(41), t.[BAUM_ID]) as c1, row_number() over (partition by cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)), t.[BAUM_ID] order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where ((t.[STRASSE_NR] = ? and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(? as nvarchar(max)) as varbinary(max)) and t.[BAUM_ID] = cast(? as bigint)) or … 128 in all)) r where r.n <= ? order by r.n;
--   narrow: "007"
--   narrow: "007"
--   narrow: "513"
--   … 385 values …
--   count: 1

-- keys that no row can have

-- count
select count(*) as c0 from [GRUEN].[V_BAUM] t;

-- every measure
select count(t.[ART_DE]) as c0, count(distinct cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max))) as c1, convert(varchar(41), sum(cast(t.[PFLANZJAHR] as decimal(38, 0)))) as c2, convert(varchar(60), sum(t.[HOEHE_CM]), 2) as c3, sum(t.[UMFANG]) as c4, avg(cast(t.[PFLANZJAHR] as float)) as c5, avg(cast(t.[HOEHE_CM] as float)) as c6, avg(t.[UMFANG]) as c7, convert(varchar(60), min(t.[HOEHE_CM]), 2) as c8, convert(varchar(33), max(t.[KONTROLLE]), 126) as c9, max(cast(t.[GEFAELLT] as int)) as c10, min(t.[ART_DE]) as c11, count(t.[GEOM]) as c12 from [GRUEN].[V_BAUM] t;

-- groups
select top (@p0) cast(cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) as nvarchar(max)) as c0, convert(varchar(41), t.[VITALITAET]) as c1, convert(char(10), t.[TAG], 23) as c2, count(*) as c3, convert(varchar(60), sum(t.[HOEHE_CM]), 2) as c4 from [GRUEN].[V_BAUM] t where t.[PFLANZJAHR] > cast(@p1 as bigint) group by cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)), t.[VITALITAET], t.[TAG] order by count(*) desc, case when cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) is null then 1 else 0 end, cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) asc, case when t.[VITALITAET] is null then 1 else 0 end, t.[VITALITAET] asc, case when t.[TAG] is null then 1 else 0 end, t.[TAG] asc;
--   count: 100
--   narrow: "1900"

-- where eq on a text with markers of missing ones
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[ART_DE] = @p1 and cast(cast(t.[ART_DE] as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max))) and (case when cast(cast(ltrim(rtrim(t.[ART_DE])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max))) then null else t.[ART_DE] end = @p5 and cast(cast(case when cast(cast(ltrim(rtrim(t.[ART_DE])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p6 as nvarchar(max)) as varbinary(max)), cast(cast(@p7 as nvarchar(max)) as varbinary(max))) then null else t.[ART_DE] end as nvarchar(max)) as varbinary(max)) = cast(cast(@p8 as nvarchar(max)) as varbinary(max))) order by t.[BAUM_ID] asc;
--   count: 51
--   text: "Linde"
--   text: "Linde"
--   text: ""
--   text: "k. A."
--   text: "Linde"
--   text: ""
--   text: "k. A."
--   text: "Linde"

-- where ne on a text with markers of missing ones
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where cast(cast(case when cast(cast(ltrim(rtrim(t.[ART_DE])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max))) then null else t.[ART_DE] end as nvarchar(max)) as varbinary(max)) <> cast(cast(@p3 as nvarchar(max)) as varbinary(max)) order by t.[BAUM_ID] asc;
--   count: 51
--   text: ""
--   text: "k. A."
--   text: "Linde"

-- where isNull of a text with markers of missing ones
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where case when cast(cast(ltrim(rtrim(t.[ART_DE])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max))) then null else t.[ART_DE] end is null order by t.[BAUM_ID] asc;
--   count: 51
--   text: ""
--   text: "k. A."

-- where in on a text with blanks around
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (case when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max))) then null else ltrim(rtrim(t.[BAUM_NR])) end in (@p3, @p4) and cast(cast(case when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p5 as nvarchar(max)) as varbinary(max)), cast(cast(@p6 as nvarchar(max)) as varbinary(max))) then null else ltrim(rtrim(t.[BAUM_NR])) end as nvarchar(max)) as varbinary(max)) in (cast(cast(@p7 as nvarchar(max)) as varbinary(max)), cast(cast(@p8 as nvarchar(max)) as varbinary(max)))) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "N/A"
--   narrow: ""
--   narrow: "17"
--   narrow: "18"
--   narrow: "N/A"
--   narrow: ""
--   narrow: "17"
--   narrow: "18"

-- where contains on a text with blanks around
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where lower(cast(case when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max))) then null else ltrim(rtrim(t.[BAUM_NR])) end as nvarchar(max)) collate Latin1_General_100_CI_AS_SC) collate Latin1_General_100_BIN2 like @p3 escape '!' order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "N/A"
--   narrow: ""
--   text: "%b%"

-- where eq on a padded code with markers of missing ones
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where (t.[STRASSE_NR] = @p1 and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) = cast(cast(@p2 as nvarchar(max)) as varbinary(max))) and (case when cast(cast(ltrim(rtrim(rtrim(t.[STRASSE_NR]))) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max))) then null else rtrim(t.[STRASSE_NR]) end = @p4 and cast(cast(case when cast(cast(ltrim(rtrim(rtrim(t.[STRASSE_NR]))) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p5 as nvarchar(max)) as varbinary(max))) then null else rtrim(t.[STRASSE_NR]) end as nvarchar(max)) as varbinary(max)) = cast(cast(@p6 as nvarchar(max)) as varbinary(max))) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "007"
--   narrow: "007"
--   narrow: "000"
--   narrow: "007"
--   narrow: "000"
--   narrow: "007"

-- where eq on a yes or no
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where case when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max))) then 1 when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max))) then 0 end = cast(@p5 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "J"
--   narrow: "ja"
--   narrow: "N"
--   narrow: ""
--   narrow: "1"

-- where not eq on a yes or no
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where not (case when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max))) then 1 when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max))) then 0 end = cast(@p5 as bigint)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "J"
--   narrow: "ja"
--   narrow: "N"
--   narrow: ""
--   narrow: "1"

-- where isNull of a yes or no
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where case when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max))) then 1 when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max))) then 0 end is null order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "J"
--   narrow: "ja"
--   narrow: "N"
--   narrow: ""

-- where lt on a number with markers of missing ones
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[PFLANZJAHR] < cast(@p1 as bigint) and case when t.[PFLANZJAHR] in (cast(@p2 as bigint), cast(@p3 as bigint)) then null else t.[PFLANZJAHR] end < cast(@p4 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1950"
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "1950"

-- where gte on milliseconds since 1970
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where case when t.[LFD] in (cast(@p1 as bigint)) then null else t.[LFD] end >= cast(@p2 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "0"
--   narrow: "1782900000500"

-- where gt on milliseconds since 1970, finer than they are
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where case when t.[LFD] in (cast(@p1 as bigint)) then null else t.[LFD] end > cast(@p2 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "0"
--   narrow: "1782900000000"

-- where lt on a wall clock as seconds since 1970
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[LFD] < cast(@p1 as bigint) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "1782907200"

-- page after a row, by a number with markers of missing ones
select top (@p0) t.[BAUM_NR] as c0, convert(varchar(41), t.[PFLANZJAHR]) as c1 from [GRUEN].[V_BAUM] t where (((case when t.[PFLANZJAHR] in (cast(@p1 as bigint), cast(@p2 as bigint)) then null else t.[PFLANZJAHR] end > cast(@p3 as bigint) or case when t.[PFLANZJAHR] in (cast(@p4 as bigint), cast(@p5 as bigint)) then null else t.[PFLANZJAHR] end is null)) or (case when t.[PFLANZJAHR] in (cast(@p6 as bigint), cast(@p7 as bigint)) then null else t.[PFLANZJAHR] end = cast(@p8 as bigint) and t.[BAUM_ID] > cast(@p9 as bigint))) order by case when case when t.[PFLANZJAHR] in (cast(@p10 as bigint), cast(@p11 as bigint)) then null else t.[PFLANZJAHR] end is null then 1 else 0 end, case when t.[PFLANZJAHR] in (cast(@p12 as bigint), cast(@p13 as bigint)) then null else t.[PFLANZJAHR] end asc, t.[BAUM_ID] asc;
--   count: 51
--   narrow: "-9999"
--   narrow: "0"
--   … 14 values …
--   narrow: "0"

-- rows of keys that have markers of missing ones
select r.c0 from (select rtrim(t.[STRASSE_NR]) as c0, row_number() over (partition by cast(cast(case when cast(cast(ltrim(rtrim(rtrim(t.[STRASSE_NR]))) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p0 as nvarchar(max)) as varbinary(max))) then null else rtrim(t.[STRASSE_NR]) end as nvarchar(max)) as varbinary(max)) order by t.[BAUM_ID] asc) as n from [GRUEN].[V_BAUM] t where (t.[STRASSE_NR] in (@p1, @p2) and cast(cast(rtrim(t.[STRASSE_NR]) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max)))) and (case when cast(cast(ltrim(rtrim(rtrim(t.[STRASSE_NR]))) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p5 as nvarchar(max)) as varbinary(max))) then null else rtrim(t.[STRASSE_NR]) end in (@p6, @p7) and cast(cast(case when cast(cast(ltrim(rtrim(rtrim(t.[STRASSE_NR]))) as nvarchar(max)) as varbinary(max)) in (cast(cast(@p8 as nvarchar(max)) as varbinary(max))) then null else rtrim(t.[STRASSE_NR]) end as nvarchar(max)) as varbinary(max)) in (cast(cast(@p9 as nvarchar(max)) as varbinary(max)), cast(cast(@p10 as nvarchar(max)) as varbinary(max))))) r where r.n <= @p11 order by r.n;
--   narrow: "000"
--   narrow: "007"
--   narrow: "008"
--   narrow: "007"
--   narrow: "008"
--   narrow: "000"
--   narrow: "007"
--   narrow: "008"
--   narrow: "000"
--   narrow: "007"
--   narrow: "008"
--   count: 1

-- groups of values that the source writes in its own way
select top (?) cast(r.c0 as nvarchar(max)) as c0, convert(varchar(41), r.c1) as c1, count(*) as c2, count(r.c3) as c3, count(distinct r.c4) as c4, avg(cast(r.c5 as float)) as c5, convert(varchar(41), max(r.c6)) as c6 from (select cast(cast(case when cast(cast(ltrim(rtrim(t.[ART_DE])) as nvarchar(max)) as varbinary(max)) in (cast(cast(? as nvarchar(max)) as varbinary(max)), cast(cast(? as nvarchar(max)) as varbinary(max))) then null else t.[ART_DE] end as nvarchar(max)) as varbinary(max)) as c0, case when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(? as nvarchar(max)) as varbinary(max)), cast(cast(? as nvarchar(max)) as varbinary(max))) then 1 when cast(cast(ltrim(rtrim(t.[BAUM_NR])) as nvarchar(max)) as varbinary(max)) in (cast(cast(? as nvarchar(max)) as varbinary(max)), cast(cast(? as nvarchar(max)) as varbinary(max))) then 0 end as c1, 1 as c2, case when t.[PFLANZJAHR] in (cast(? as bigint), cast(? as bigint)) then null else t.[PFLANZJAHR] end as c3, cast(cast(case when cast(cast(ltrim(rtrim(t.[ART_DE])) as nvarchar(max)) as varbinary(max)) in (cast(cast(? as nvarchar(max)) as varbinary(max)), cast(cast(? as nvarchar(max)) as varbinary(max))) then null else t.[ART_DE] end as nvarchar(max)) as varbinary(max)) as c4, case when t.[PFLANZJAHR] in (cast(? as bigint), cast(? as bigint)) then null else t.[PFLANZJAHR] end as c5, case when t.[LFD] in (cast(? as bigint)) then null else t.[LFD] end as c6 from [GRUEN].[V_BAUM] t) r group by r.c0, r.c1 order by count(*) desc, case when r.c0 is null then 1 else 0 end, r.c0 asc, case when r.c1 is null then 1 else 0 end, r.c1 asc;
--   count: 100
--   text: ""
--   text: "k. A."
--   … 14 values …
--   narrow: "0"

-- measures of values that the source writes in its own way
select convert(varchar(41), sum(cast(case when t.[PFLANZJAHR] in (cast(@p0 as bigint), cast(@p1 as bigint)) then null else t.[PFLANZJAHR] end as decimal(38, 0)))) as c0, convert(varchar(41), min(case when t.[LFD] in (cast(@p2 as bigint)) then null else t.[LFD] end)) as c1 from [GRUEN].[V_BAUM] t;
--   narrow: "-9999"
--   narrow: "0"
--   narrow: "0"

-- where bbox
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[GEOM].STIntersects(geometry::STGeomFromWKB(@p1, @p2).MakeValid()) = 1 order by t.[BAUM_ID] asc;
--   count: 51
--   bytes: 93 bytes, 01030000000100000005000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 25832

-- where within
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[GEOM].STIntersects(geometry::STGeomFromWKB(@p1, @p2).MakeValid()) = 1 order by t.[BAUM_ID] asc;
--   count: 51
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 25832

-- where near
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[GEOM].STIntersects(geometry::STGeomFromWKB(@p1, @p2).MakeValid()) = 1 order by t.[BAUM_ID] asc;
--   count: 51
--   bytes: 2557 bytes, 0103000000010000009f000000dd4a2240b94c1f41d1568777cf225441…
--   count: 25832

-- where bbox, in the reference system of the source
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[UMRING].STIntersects(geometry::STGeomFromWKB(@p1, @p2).MakeValid()) = 1 order by t.[BAUM_ID] asc;
--   count: 51
--   bytes: 93 bytes, 01030000000100000005000000d63be81207cd4a41b768437471245441…
--   count: 31467

-- where not within, where there is a geometry
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where not (t.[GEOM].STIntersects(geometry::STGeomFromWKB(@p1, @p2).MakeValid()) = 1) and t.[GEOM] is not null order by t.[BAUM_ID] asc;
--   count: 51
--   bytes: 77 bytes, 01030000000100000004000000d675a254f14b1f41c4eb7f70cf225441…
--   count: 25832

-- where eq on a time of day
select top (@p0) t.[BAUM_NR] as c0 from [GRUEN].[V_BAUM] t where t.[UHRZEIT] = cast(@p1 as time(7)) order by t.[BAUM_ID] asc;
--   count: 51
--   narrow: "07:30:00"
