-- Foundations every tenant table stands on: scope, ledger, time travel, identity.
-- The server connects as role app: row-level security is forced, nothing is ever deleted, the ledger is append-only.

do $$
begin
  if not exists (select from pg_roles where rolname = 'app') then
    create role app nologin noinherit;
  end if;
  -- A managed server's migrator is no superuser: it must be a member to let its sessions act as app.
  if not pg_has_role(current_user, 'app', 'member') then
    execute format('grant app to %I', current_user);
  end if;
end $$;

revoke create on schema public from public;
-- How people expect names and references sorted: by language rules, R-2 before R-10.
create collation people (provider = icu, locale = 'und-u-kn-true');

create schema asof;
create schema identity;
grant usage on schema public, asof, identity to app;

-- The organization this transaction acts in; null outside any.
create function app_org() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.org', true), '')::uuid;

-- ---------------------------------------------------------------------------------------------------------------
-- Ledger

create table ledger_head (
  org_id uuid primary key,
  seq bigint not null,
  at timestamptz(3) not null,
  hash bytea not null
);

create table ledger_entry (
  org_id uuid not null,
  seq bigint not null,
  at timestamptz(3) not null,
  actor jsonb not null,
  action text not null,
  record_type text not null,
  record_id uuid not null,
  before jsonb,
  after jsonb,
  reason text,
  tx uuid not null,
  content bytea not null,
  hash bytea not null,
  primary key (org_id, seq)
);
create index ledger_entry_record on ledger_entry (org_id, record_type, record_id, seq desc);
create index ledger_entry_at on ledger_entry (org_id, at, seq);

-- Appends entries to the ledger of the organization in scope. The head row is locked until the transaction ends, so
-- sequence, instants and hashes of one organization form a single chain. Returns the last sequence number.
--   hash = sha256(previous hash, seq as int8, instant in ms as int8, content hash)
create function ledger_append(moment timestamptz, tx uuid, actor jsonb, entries jsonb) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  org uuid := app_org();
  head ledger_head;
  entry jsonb;
begin
  if org is null then
    raise exception 'no organization in scope';
  end if;
  select * into head from ledger_head h where h.org_id = org for update;
  if not found then
    insert into ledger_head values (org, 0, '-infinity', sha256('')) returning * into head;
  end if;
  head.at := greatest(date_trunc('milliseconds', moment), head.at);
  for entry in select value from jsonb_array_elements(entries) loop
    head.seq := head.seq + 1;
    head.hash := sha256(
      head.hash || int8send(head.seq) || int8send((extract(epoch from head.at) * 1000)::bigint)
      || decode(entry ->> 'content', 'hex'));
    insert into ledger_entry values (
      org, head.seq, head.at, actor, entry ->> 'action', entry ->> 'type', (entry ->> 'id')::uuid,
      nullif(entry -> 'before', 'null'), nullif(entry -> 'after', 'null'), entry ->> 'reason', tx,
      decode(entry ->> 'content', 'hex'), head.hash);
  end loop;
  update ledger_head h set seq = head.seq, at = head.at, hash = head.hash where h.org_id = org;
  return head.seq;
end $$;
revoke all on function ledger_append from public;
grant execute on function ledger_append to app;

-- ---------------------------------------------------------------------------------------------------------------
-- Tenant tables

-- Puts a table under the rules all tenant tables share. Call it once after `create table`, and again after adding
-- columns. App may read, insert and update rows of the organization in scope, and delete nothing.
create function tenant_table(name text) returns void language plpgsql as $$
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
  -- State at ledger sequence app.seq. Keys come from the live rows (nothing is deleted), images from the ledger.
  execute format(
    'create view asof.%1$I with (security_invoker = true) as
       select x.* from public.%1$I k
       cross join lateral (
         select l.after from public.ledger_entry l
         where l.org_id = k.org_id and l.record_type = %1$L and l.record_id = k.id
           and l.seq <= current_setting(''app.seq'')::bigint
         order by l.seq desc limit 1) l
       cross join lateral jsonb_populate_record(null::public.%1$I, l.after) x', name);
  execute format('grant select on asof.%I to app', name);
end $$;
revoke all on function tenant_table from public;

-- The ledger itself: readable in scope, written by ledger_append alone.
alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
create policy tenant on ledger_entry for select to app using (org_id = (select app_org()));
alter table ledger_head enable row level security;
alter table ledger_head force row level security;
create policy tenant on ledger_head for select to app using (org_id = (select app_org()));
do $$ begin
  execute format('create policy migrator on ledger_entry to %I using (true) with check (true)', current_user);
  execute format('create policy migrator on ledger_head to %I using (true) with check (true)', current_user);
end $$;
grant select on ledger_entry, ledger_head to app;

-- ---------------------------------------------------------------------------------------------------------------
-- Organizations and who belongs to them

create table organization (
  org_id uuid not null,
  id uuid not null check (id = org_id),
  version int not null,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{0,39}$'),
  name text not null,
  sector text not null,
  size text not null,
  language text not null,
  currency text not null,
  time_zone text not null,
  demo boolean not null,
  created_at timestamptz(3) not null,
  primary key (org_id, id)
);
select tenant_table('organization');

create table membership (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  account_id uuid not null,
  -- The address and name of the invitation; the name becomes the account's own when the person arrives.
  email text not null,
  name text not null,
  person_id uuid,
  roles text[] not null check (cardinality(roles) > 0),
  expires_at timestamptz(3),
  -- Null until the invited person accepts: until then the membership opens nothing.
  accepted_at timestamptz(3),
  ended_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, account_id),
  foreign key (org_id, org_id) references organization (org_id, id)
);
create index membership_account on membership (account_id);
select tenant_table('membership');

create table api_token (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  created_at timestamptz(3) not null,
  created_by uuid,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  primary key (org_id, id),
  foreign key (org_id, org_id) references organization (org_id, id)
);
select tenant_table('api_token');

-- Platform tables: they precede the choice of an organization and hold no tenant data. Role app reaches them only
-- while no organization is in scope, which is how platform/identity runs and how no module ever runs; what identity
-- needs inside a scope goes through the functions below.
create table identity.account (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  locale text not null,
  password_hash text,
  created_at timestamptz(3) not null,
  -- A demo persona signs in by its key alone and never has a password.
  persona text unique,
  persona_title text,
  check (persona is null or password_hash is null)
);

create table identity.session (
  token_hash bytea primary key,
  account_id uuid not null references identity.account on delete cascade,
  created_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index session_account on identity.session (account_id);
create index session_expiry on identity.session (expires_at);

create table identity.link (
  token_hash bytea primary key,
  kind text not null check (kind in ('invitation', 'reset')),
  account_id uuid not null references identity.account on delete cascade,
  -- The organization that invites, or whose administrator issued the reset.
  org_id uuid,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  -- Used, replaced by a newer link, or withdrawn.
  used_at timestamptz(3),
  check (kind = 'reset' or org_id is not null)
);
create index link_account on identity.link (account_id);

create table identity.token_secret (
  token_hash bytea primary key,
  org_id uuid not null,
  token_id uuid not null,
  foreign key (org_id, token_id) references api_token (org_id, id)
);

-- Requests counted per key and window, for sign-in and costly routes; shared by all server processes.
create unlogged table identity.allowance (
  key text not null,
  window_start timestamptz(0) not null,
  used int not null,
  primary key (key, window_start)
);

-- One-time facts of the installation, such as the hash of the set-up code.
create table identity.installation (
  name text primary key,
  value text not null
);

grant select, insert, update on identity.account to app;
grant select, insert, update, delete on identity.session, identity.link, identity.allowance, identity.installation to app;
grant insert on identity.token_secret to app;

do $$
declare
  name text;
begin
  foreach name in array array['account', 'session', 'link', 'token_secret', 'allowance', 'installation'] loop
    execute format('alter table identity.%I enable row level security', name);
    execute format('alter table identity.%I force row level security', name);
    execute format(
      'create policy outside on identity.%I to app using ((select app_org()) is null) with check ((select app_org()) is null)',
      name);
    execute format('create policy migrator on identity.%I to %I using (true) with check (true)', name, current_user);
  end loop;
end $$;
-- Links and token secrets an organization issues are written together with its ledger.
create policy issued on identity.link to app using (org_id = (select app_org())) with check (org_id = (select app_org()));
create policy issued on identity.token_secret for insert to app with check (org_id = (select app_org()));

-- Who calls, and in which organization: looks up a session or API token, finds the membership for the named
-- organization, and puts that organization in scope for the rest of the transaction. The only door into a scope for
-- requests: what the client sends merely selects among the caller's own memberships.
-- A token made by a person works only as long as that person is a member.
-- No row: the credential is unknown or expired. org null: signed in, but not a member of such an organization.
create function identity.open_scope(credential text, hash bytea, wanted text, moment timestamptz)
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
    select 'person', a.id, a.name, a.email, a.locale, a.persona, s.expires_at, s.seen_at,
      o.id, o.slug, o.name, o.language, o.currency, o.time_zone, o.demo, m.id, m.person_id, m.roles
    into actor_kind, actor_id, actor_name, email, locale, persona, credential_expires_at, credential_seen_at,
      org_id, org_slug, org_name, org_language, org_currency, org_time_zone, org_demo, membership_id, person_id, roles
    from identity.session s
    join identity.account a on a.id = s.account_id
    left join (membership m join organization o on o.org_id = m.org_id and o.slug = wanted)
      on m.account_id = a.id and m.accepted_at is not null and m.ended_at is null
      and (m.expires_at is null or m.expires_at > moment)
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

-- Outside any scope: what the installation knows of its organizations.

-- The organizations an account may enter, for the session view.
create function identity.memberships_of(account uuid, moment timestamptz)
returns table (slug text, name text, roles text[], person_id uuid, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.slug, o.name, m.roles, m.person_id, m.expires_at::timestamptz
  from membership m join organization o on o.org_id = m.org_id
  where app_org() is null and m.account_id = account and m.accepted_at is not null and m.ended_at is null
    and (m.expires_at is null or m.expires_at > moment)
  order by o.name collate people, o.slug
$$;

create function identity.organizations(moment timestamptz)
returns table (id uuid, slug text, name text, demo boolean, created_at timestamptz, members bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.slug, o.name, o.demo, o.created_at::timestamptz, (
    select count(*) from membership m
    where m.org_id = o.org_id and m.accepted_at is not null and m.ended_at is null
      and (m.expires_at is null or m.expires_at > moment))
  from organization o where app_org() is null order by o.slug
$$;

create function identity.organization_id(wanted text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id from organization o where o.slug = wanted
$$;

-- Whether somebody has set up an organization (the demo does not count), and whether the demo is loaded.
create function identity.installation_state(out set_up boolean, out demo boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from organization o where not o.demo), exists (select from organization o where o.demo)
$$;

-- The demo's personas: accounts with a persona key that are members of a demo organization.
create function identity.personas(moment timestamptz)
returns table (account_id uuid, key text, name text, title text, roles text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.persona, a.name, coalesce(a.persona_title, ''), m.roles
  from identity.account a
  join membership m on m.account_id = a.id and m.accepted_at is not null and m.ended_at is null
    and (m.expires_at is null or m.expires_at > moment)
  join organization o on o.org_id = m.org_id and o.demo
  where app_org() is null and a.persona is not null
  order by a.created_at, a.persona
$$;

-- Everything an invitation or reset link is about. `arrived`: the account is somebody's already, so that an invitation
-- must never set its password.
create function identity.link_facts(hash bytea)
returns table (
  kind text, expires_at timestamptz, used_at timestamptz,
  account_id uuid, email text, account_name text, locale text, password_hash text, arrived boolean,
  org_id uuid, org_slug text, org_name text, org_language text, org_currency text, org_time_zone text, org_demo boolean,
  membership_id uuid, invited_name text
)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.kind, l.expires_at::timestamptz, l.used_at::timestamptz,
    a.id, a.email, a.name, a.locale, a.password_hash,
    a.password_hash is not null or a.persona is not null or exists (
      select from membership x where x.account_id = a.id and x.accepted_at is not null),
    o.id, o.slug, o.name, o.language, o.currency, o.time_zone, o.demo, m.id, m.name
  from identity.link l
  join identity.account a on a.id = l.account_id
  left join organization o on o.org_id = l.org_id
  left join membership m on m.org_id = l.org_id and m.account_id = l.account_id
  where app_org() is null and l.token_hash = hash
$$;

-- Inside a scope: the little an organization may know of accounts.

-- The account of an address, created without a password when there is none yet.
create function identity.account_for_invitation(
  address text, given_name text, language text, new_id uuid, moment timestamptz, out account_id uuid, out persona boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_org() is null then
    raise exception 'no organization in scope';
  end if;
  insert into identity.account (id, email, name, locale, created_at)
  values (new_id, address, given_name, language, moment) on conflict (email) do nothing;
  select a.id, a.persona is not null into account_id, persona from identity.account a where a.email = address;
end $$;

-- Present names of those who have arrived in the organization in scope.
create function identity.names_in_scope() returns table (account_id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name from membership m join identity.account a on a.id = m.account_id
  where m.org_id = app_org() and m.accepted_at is not null and m.ended_at is null
$$;

-- Whether an administrator of the organization in scope may issue a reset link: only for an account that belongs to
-- this organization and to no other. Null: yes.
create function identity.reset_obstacle(account uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when not exists (
      select from membership m where m.org_id = app_org() and m.account_id = account
        and m.accepted_at is not null and m.ended_at is null) then 'not_here'
    when exists (select from identity.account a where a.id = account and a.persona is not null) then 'persona'
    when exists (
      select from membership m where m.account_id = account and m.org_id <> app_org() and m.ended_at is null)
      then 'elsewhere'
  end
$$;

revoke all on all functions in schema identity from public;
grant execute on all functions in schema identity to app;

-- ---------------------------------------------------------------------------------------------------------------
-- Per-organization helpers (not records: they can be rebuilt from the records)

-- The last number given out per reference prefix: R-12, A-104.
create table ref_counter (
  org_id uuid not null,
  prefix text not null,
  last int not null,
  primary key (org_id, prefix)
);

-- Answers of create requests that carried an Idempotency-Key, kept for a day.
create table idempotency (
  org_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash text not null,
  status int not null,
  response jsonb,
  created_at timestamptz(3) not null,
  primary key (org_id, actor_id, key)
);

do $$
declare
  name text;
begin
  foreach name in array array['ref_counter', 'idempotency'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to app using (org_id = (select app_org())) with check (org_id = (select app_org()))', name);
    execute format('create policy migrator on %I to %I using (true) with check (true)', name, current_user);
    execute format('grant select, insert, update on %I to app', name);
  end loop;
end $$;
