-- Links for a new password that the operator issued: somebody else may have used the account before, and using such a
-- link ends what they could leave behind, the API tokens too.

alter table identity.link add column by_operator boolean not null default false;

-- Per organization the API tokens an account made that work at a moment.
create function identity.tokens_of(account uuid, moment timestamptz)
returns table (slug text, tokens bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.slug, count(*)
  from api_token t join organization o on o.org_id = t.org_id
  where app_org() is null and t.created_by = account and t.revoked_at is null and t.expires_at > moment
  group by o.slug order by o.slug
$$;
revoke all on function identity.tokens_of from public;
grant execute on function identity.tokens_of to app;
