-- Whoever acts in an organization is written under the name of their entry in its directory. The name of an account is
-- its owner's to choose, and would let them sign the ledger as somebody else; it counts where there is no entry.

create or replace function identity.open_scope(credential text, hash bytea, wanted text, moment timestamptz)
returns table (
  actor_kind text, actor_id uuid, actor_name text, email text, locale text, persona text,
  credential_expires_at timestamptz, credential_seen_at timestamptz,
  org_id uuid, org_slug text, org_name text, org_language text, org_currency text, org_time_zone text, org_demo boolean,
  membership_id uuid, person_id uuid, roles text[]
)
language plpgsql security definer set search_path = public, identity, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.org', '', true);
  if credential = 'session' then
    select 'person', a.id, coalesce(p.name, a.name), a.email, a.locale, a.persona, s.expires_at, s.seen_at,
      o.id, o.slug, o.name, o.language, o.currency, o.time_zone, o.demo, m.id, m.person_id, m.roles
    into actor_kind, actor_id, actor_name, email, locale, persona, credential_expires_at, credential_seen_at,
      org_id, org_slug, org_name, org_language, org_currency, org_time_zone, org_demo, membership_id, person_id, roles
    from identity.session s
    join identity.account a on a.id = s.account_id
    left join (membership m join organization o on o.org_id = m.org_id and o.slug = wanted)
      on m.account_id = a.id and m.accepted_at is not null and m.ended_at is null
      and (m.expires_at is null or m.expires_at > moment)
    left join person p on p.org_id = m.org_id and p.id = m.person_id
    where s.token_hash = hash and s.expires_at > moment and s.seen_at > moment - interval '7 days';
  elsif credential = 'token' then
    select 'token', t.id, t.name, null, coalesce(o.language, 'en'), null, t.expires_at, null,
      o.id, o.slug, o.name, o.language, o.currency, o.time_zone, o.demo, null, null,
      case when o.id is not null then t.roles end
    into actor_kind, actor_id, actor_name, email, locale, persona, credential_expires_at, credential_seen_at,
      org_id, org_slug, org_name, org_language, org_currency, org_time_zone, org_demo, membership_id, person_id, roles
    from identity.token_secret k
    join api_token t on t.org_id = k.org_id and t.id = k.token_id
    left join organization o on o.org_id = t.org_id and o.slug = wanted
    where k.token_hash = hash and t.revoked_at is null and t.expires_at > moment
      and (t.created_by is null or exists (
        select from membership m
        where m.org_id = t.org_id and m.account_id = t.created_by and m.accepted_at is not null and m.ended_at is null
          and (m.expires_at is null or m.expires_at > moment)));
  end if;
  if actor_id is null then
    return;
  end if;
  -- The scope is the organization that was found through the membership, never the text that was asked for.
  perform set_config('app.org', coalesce(org_id::text, ''), true);
  return next;
end $$;
