-- What the organization consists of, and the scope of its ISMS (4.3): what lies inside, what outside, what crosses the
-- boundary, what is left out and why.

-- Units, sites, services and products follow one pattern: owned, and placed inside or outside the scope.
do $$
declare
  name text;
begin
  foreach name in array array['unit', 'site', 'service', 'product'] loop
    execute format(
      'create table %1$I (
         org_id uuid not null,
         id uuid not null,
         version int not null,
         ref text not null,
         name text not null,
         description text not null,
         owner_id uuid,
         placement text not null check (placement in (''in'', ''out'', ''undecided'')),
         -- Why it lies outside; for what lies inside, what is to be said about it.
         placement_reason text not null,
         withdrawn_at timestamptz(3),
         primary key (org_id, id),
         unique (org_id, ref),
         foreign key (org_id, org_id) references organization (org_id, id),
         foreign key (org_id, owner_id) references person (org_id, id)
       );
       create unique index %2$I on %1$I (org_id, lower(name)) where withdrawn_at is null;
       create index %3$I on %1$I (org_id, owner_id)',
      name, name || '_name', name || '_owner');
    perform tenant_table(name);
  end loop;
end $$;

-- What crosses the boundary of the scope: interfaces between own activities, and dependencies on others (4.3 c).
create table scope_interface (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  kind text not null check (kind in ('interface', 'dependency')),
  name text not null,
  description text not null,
  -- Who is on the other side.
  counterpart text not null,
  -- References of the controls that protect it, as typed.
  controls text[] not null,
  owner_id uuid,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id)
);
select tenant_table('scope_interface');

-- What is left out of the scope beside whole units, sites, services and products.
create table scope_exclusion (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  name text not null,
  justification text not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id)
);
select tenant_table('scope_exclusion');

-- The scope statement, version by version. Once approved it carries what it was approved with, and its hash.
create table scope_statement (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  -- Given at approval: 1, 2, 3.
  number int,
  status text not null check (status in ('draft', 'approved', 'superseded', 'withdrawn')),
  statement text not null,
  -- How issues (4.1) and requirements (4.2) shaped the boundary.
  considerations text not null,
  prepared_by uuid,
  content jsonb,
  state_hash text,
  approved_at timestamptz(3),
  approved_by uuid,
  approved_by_name text,
  superseded_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, number),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, prepared_by) references person (org_id, id),
  foreign key (org_id, approved_by) references person (org_id, id),
  check ((status in ('approved', 'superseded')) = (number is not null)),
  check ((number is null) = (content is null) and (number is null) = (state_hash is null)),
  check ((number is null) = (approved_at is null) and (number is null) = (approved_by_name is null))
);
-- One draft at a time.
create unique index scope_statement_draft on scope_statement (org_id) where status = 'draft';
select tenant_table('scope_statement');
