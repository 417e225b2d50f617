-- Members of an imported organization belong to accounts of another installation. Which ones those are decides who must
-- be invited, and whose membership an invitation takes up again.

-- Accounts that hold a membership in the organization in scope and do not exist in this installation.
create function identity.absent_accounts() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.account_id from membership m
  where m.org_id = app_org() and not exists (select from identity.account a where a.id = m.account_id)
$$;
revoke all on function identity.absent_accounts from public;
grant execute on function identity.absent_accounts to app;

-- Members who may enter: those whose account is here.
create or replace function identity.organizations(moment timestamptz)
returns table (id uuid, slug text, name text, demo boolean, created_at timestamptz, members bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.slug, o.name, o.demo, o.created_at::timestamptz, (
    select count(*) from membership m join identity.account a on a.id = m.account_id
    where m.org_id = o.org_id and m.accepted_at is not null and m.ended_at is null
      and (m.expires_at is null or m.expires_at > moment))
  from organization o where app_org() is null order by o.slug
$$;
