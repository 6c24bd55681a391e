-- list
select s.name, o.name, case o.type when 'V' then 'view' else 'table' end, cast(p.value as nvarchar(4000)), convert(varchar(20), (select sum(r.rows) from sys.partitions r where r.object_id = o.object_id and r.index_id in (0, 1))) from sys.objects o join sys.schemas s on s.schema_id = o.schema_id left join sys.extended_properties p on p.class = 1 and p.major_id = o.object_id and p.minor_id = 0 and p.name = N'MS_Description' where o.type in ('U', 'V') and o.is_ms_shipped = 0 order by s.name, o.name;

-- find
select s.name, o.name, case o.type when 'V' then 'view' else 'table' end, cast(p.value as nvarchar(4000)), convert(varchar(20), (select sum(r.rows) from sys.partitions r where r.object_id = o.object_id and r.index_id in (0, 1))) from sys.objects o join sys.schemas s on s.schema_id = o.schema_id left join sys.extended_properties p on p.class = 1 and p.major_id = o.object_id and p.minor_id = 0 and p.name = N'MS_Description' where o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.object_id = object_id(quotename(@p0) + N'.' + quotename(@p1));

-- find without a schema
select s.name, o.name, case o.type when 'V' then 'view' else 'table' end, cast(p.value as nvarchar(4000)), convert(varchar(20), (select sum(r.rows) from sys.partitions r where r.object_id = o.object_id and r.index_id in (0, 1))) from sys.objects o join sys.schemas s on s.schema_id = o.schema_id left join sys.extended_properties p on p.class = 1 and p.major_id = o.object_id and p.minor_id = 0 and p.name = N'MS_Description' where o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.object_id = object_id(quotename(@p0));

-- columns
select c.name, coalesce(b.name, t.name) + case when coalesce(b.name, t.name) in ('nchar', 'nvarchar') then case c.max_length when -1 then '(max)' else '(' + convert(varchar(10), c.max_length / 2) + ')' end when coalesce(b.name, t.name) in ('char', 'varchar', 'binary', 'varbinary') then case c.max_length when -1 then '(max)' else '(' + convert(varchar(10), c.max_length) + ')' end when coalesce(b.name, t.name) in ('decimal', 'numeric') then '(' + convert(varchar(10), c.precision) + ',' + convert(varchar(10), c.scale) + ')' when coalesce(b.name, t.name) in ('time', 'datetime2', 'datetimeoffset') then '(' + convert(varchar(10), c.scale) + ')' else '' end, convert(varchar(1), c.is_nullable), cast(p.value as nvarchar(4000)) from sys.columns c join sys.types t on t.user_type_id = c.user_type_id left join sys.types b on b.user_type_id = c.system_type_id left join sys.extended_properties p on p.class = 1 and p.major_id = c.object_id and p.minor_id = c.column_id and p.name = N'MS_Description' where c.object_id = object_id(quotename(@p0) + N'.' + quotename(@p1)) order by c.column_id;

-- indexes
select i.name, convert(varchar(1), i.is_primary_key), convert(varchar(1), i.is_unique), c.name from sys.indexes i join sys.index_columns x on x.object_id = i.object_id and x.index_id = i.index_id join sys.columns c on c.object_id = x.object_id and c.column_id = x.column_id where i.object_id = object_id(quotename(@p0) + N'.' + quotename(@p1)) and i.is_disabled = 0 and i.has_filter = 0 and (x.key_ordinal > 0 or i.type = 4) order by i.index_id, x.key_ordinal;

-- user
select user_name();

-- rights
select permission_name, N'server', N'' from fn_my_permissions(null, N'SERVER') union all select permission_name, N'database ' + db_name(), N'' from fn_my_permissions(null, N'DATABASE') union all select p.permission_name, s.name + N'.' + o.name, p.subentity_name from sys.objects o join sys.schemas s on s.schema_id = o.schema_id cross apply fn_my_permissions(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT') p where o.type in ('U', 'V', 'P', 'FN', 'IF', 'TF') and o.is_ms_shipped = 0;
