-- list
select o.owner, o.object_name, case o.object_type when 'VIEW' then 'view' else 'table' end, c.comments, to_char(t.num_rows) from all_objects o left join all_tab_comments c on c.owner = o.owner and c.table_name = o.object_name left join all_tables t on t.owner = o.owner and t.table_name = o.object_name where o.object_type in ('TABLE', 'VIEW') and o.oracle_maintained = 'N' and o.secondary = 'N' and o.object_name not like 'BIN$%' order by o.owner, o.object_name;

-- where a name leads
select place.owner, place.name from (select o.owner as owner, o.object_name as name, 1 as turn from all_objects o where o.object_type in ('TABLE', 'VIEW') and o.owner = :1 and o.object_name = :2 union all select s.table_owner as owner, s.table_name as name, case s.owner when 'PUBLIC' then 3 else 2 end as turn from all_synonyms s where s.synonym_name = :3 and s.db_link is null and s.owner in (:4)) place order by place.turn;

-- where a name without a schema leads
select place.owner, place.name from (select o.owner as owner, o.object_name as name, 1 as turn from all_objects o where o.object_type in ('TABLE', 'VIEW') and o.owner = sys_context('USERENV', 'CURRENT_SCHEMA') and o.object_name = :1 union all select s.table_owner as owner, s.table_name as name, case s.owner when 'PUBLIC' then 3 else 2 end as turn from all_synonyms s where s.synonym_name = :2 and s.db_link is null and s.owner in (sys_context('USERENV', 'CURRENT_SCHEMA'), 'PUBLIC')) place order by place.turn;

-- find
select o.owner, o.object_name, case o.object_type when 'VIEW' then 'view' else 'table' end, c.comments, to_char(t.num_rows) from all_objects o left join all_tab_comments c on c.owner = o.owner and c.table_name = o.object_name left join all_tables t on t.owner = o.owner and t.table_name = o.object_name where o.object_type in ('TABLE', 'VIEW') and o.owner = :1 and o.object_name = :2;

-- columns
select c.column_name, c.data_type || case when c.data_type in ('VARCHAR2', 'NVARCHAR2', 'CHAR', 'NCHAR') then '(' || to_char(c.char_length) || ')' when c.data_type = 'RAW' then '(' || to_char(c.data_length) || ')' when c.data_type = 'NUMBER' and c.data_precision is not null then '(' || to_char(c.data_precision) || ',' || to_char(c.data_scale) || ')' end, case c.nullable when 'N' then '0' else '1' end, m.comments, to_char(g.srid) from all_tab_columns c left join all_col_comments m on m.owner = c.owner and m.table_name = c.table_name and m.column_name = c.column_name left join all_sdo_geom_metadata g on g.owner = c.owner and g.table_name = c.table_name and g.column_name = c.column_name where c.owner = :1 and c.table_name = :2 order by c.column_id;

-- indexes
select i.index_name, case when k.constraint_name is null then '0' else '1' end, case i.uniqueness when 'UNIQUE' then '1' else '0' end, x.column_name from all_indexes i join all_ind_columns x on x.index_owner = i.owner and x.index_name = i.index_name left join all_constraints k on k.owner = i.table_owner and k.table_name = i.table_name and k.index_name = i.index_name and k.constraint_type = 'P' where i.table_owner = :1 and i.table_name = :2 and i.status <> 'UNUSABLE' order by case when k.constraint_name is null then 1 else 0 end, i.index_name, x.column_position;

-- user
select user from dual;

-- system privileges
select p.privilege from session_privs p order by p.privilege;

-- privileges on objects
select p.privilege, p.table_schema, p.table_name from all_tab_privs p where p.grantee = user or p.grantee in (select r.role from session_roles r) union select p.privilege, p.table_schema, p.table_name from all_col_privs p where p.grantee = user or p.grantee in (select r.role from session_roles r);

-- own tables
select o.object_name from user_objects o where o.object_type = 'TABLE' order by o.object_name fetch first 20 rows only;

-- readable columns
select p.table_schema || '.' || p.table_name, c.column_name from all_tab_privs p join all_tab_columns c on c.owner = p.table_schema and c.table_name = p.table_name where p.privilege in ('READ', 'SELECT') and (p.grantee = user or p.grantee in (select r.role from session_roles r)) order by p.table_schema, p.table_name, c.column_id fetch first 20000 rows only;
