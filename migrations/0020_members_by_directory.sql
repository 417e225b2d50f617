-- A member is shown under the name of their entry in the directory, as they act under it; the name of the account,
-- which its owner chooses, counts where there is no entry.

create or replace function identity.names_in_scope() returns table (account_id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, coalesce(p.name, a.name)
  from membership m
  join identity.account a on a.id = m.account_id
  left join person p on p.org_id = m.org_id and p.id = m.person_id
  where m.org_id = app_org() and m.accepted_at is not null and m.ended_at is null
$$;
