-- A past state is read faster: records that were not written since are their live rows.

create or replace function tenant_table(name text) returns void language plpgsql as $$
begin
  if not exists (
    select from pg_constraint
    where conrelid = format('public.%I', name)::regclass and contype = 'p'
      and pg_get_constraintdef(oid) = 'PRIMARY KEY (org_id, id)')
  then
    raise exception 'tenant table % needs primary key (org_id, id)', name;
  end if;
  execute format('alter table public.%I enable row level security', name);
  execute format('alter table public.%I force row level security', name);
  execute format('drop policy if exists tenant on public.%I', name);
  execute format('drop policy if exists migrator on public.%I', name);
  execute format(
    'create policy tenant on public.%I to app using (org_id = (select app_org())) with check (org_id = (select app_org()))',
    name);
  execute format('create policy migrator on public.%I to %I using (true) with check (true)', name, current_user);
  execute format('grant select, insert, update on public.%I to app', name);
  execute format('drop view if exists asof.%I', name);
  -- State at ledger sequence app.seq. Keys come from the live rows (nothing is deleted). A record that was not written
  -- since is its live row; only the others are read from the image in the ledger.
  execute format(
    'create view asof.%1$I with (security_invoker = true) as
       select x.* from public.%1$I k
       cross join lateral (
         select l.seq from public.ledger_entry l
         where l.org_id = k.org_id and l.record_type = %1$L and l.record_id = k.id
         order by l.seq desc limit 1) newest
       cross join lateral (
         select k.* where newest.seq <= (select current_setting(''app.seq'')::bigint)
         union all
         select image.* from (
           select l.after from public.ledger_entry l
           where newest.seq > (select current_setting(''app.seq'')::bigint)
             and l.org_id = k.org_id and l.record_type = %1$L and l.record_id = k.id
             and l.seq <= (select current_setting(''app.seq'')::bigint)
           order by l.seq desc limit 1) l
         cross join lateral jsonb_populate_record(null::public.%1$I, l.after) image) x', name);
  execute format('grant select on asof.%I to app', name);
end $$;

do $$
declare
  name text;
begin
  for name in select viewname from pg_views where schemaname = 'asof' loop
    perform tenant_table(name);
  end loop;
end $$;
