-- Spreadsheets brought into registers: what was taken over, how its columns were read, and what can be undone.

create table import_run (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  register text not null,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  status text not null check (status in ('confirmed', 'undone')),
  -- The whole mapping the rows were read with, guesses included.
  mapping jsonb not null,
  -- Rows created, updated, skipped and left out with an error; rows with a warning.
  counts jsonb not null,
  -- What it wrote: its part of the ledger, from and to inclusive.
  ledger_from bigint not null,
  ledger_to bigint not null check (ledger_to >= ledger_from - 1),
  imported_at timestamptz(3) not null,
  imported_by text not null,
  undone_at timestamptz(3),
  undone_by text,
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id)
);
create index import_run_register on import_run (org_id, register, imported_at desc);
select tenant_table('import_run');

create table import_mapping (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  register text not null,
  name text not null,
  mapping jsonb not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  foreign key (org_id, org_id) references organization (org_id, id)
);
create unique index import_mapping_name on import_mapping (org_id, register, lower(name)) where withdrawn_at is null;
select tenant_table('import_mapping');

-- Files between upload and confirmation. No records: nothing has happened yet, and they go after a day.
create table import_upload (
  org_id uuid not null,
  id uuid not null,
  register text not null,
  file_name text not null,
  sha256 text not null,
  content bytea not null,
  uploaded_at timestamptz(3) not null,
  -- How far a confirmation is, written beside its transaction; null while none runs.
  done int,
  total int,
  primary key (org_id, id)
);
create index import_upload_age on import_upload (uploaded_at);
alter table import_upload enable row level security;
alter table import_upload force row level security;
create policy tenant on import_upload to app using (org_id = (select app_org())) with check (org_id = (select app_org()));
do $$ begin
  execute format('create policy migrator on import_upload to %I using (true) with check (true)', current_user);
end $$;
grant select, insert, update on import_upload to app;

-- Removes one file of the organization in scope (when given), and those of any organization that are older than a day.
create function drop_import_uploads(upload uuid, moment timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from import_upload
  where (org_id = app_org() and id = upload) or uploaded_at < least(moment, now()) - interval '1 day'
$$;
revoke all on function drop_import_uploads from public;
grant execute on function drop_import_uploads to app;

-- A file may state a risk without controls and its target, and nothing of today: a method version belongs to any state
-- that is scored, not to the current one alone.
alter table risk drop constraint risk_check;
alter table risk add check ((inherent is null and current is null and target is null) = (method_id is null));
