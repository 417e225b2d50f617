-- Inventory of information and other associated assets (A.5.9), their classification (A.5.12) and what relies on what.

create table classification_level (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  name text not null,
  -- 1 is the least sensitive; ranks are unique among the levels in use.
  rank int not null check (rank between 1 and 10),
  description text not null,
  handling text not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  foreign key (org_id, org_id) references organization (org_id, id)
);
create unique index classification_level_rank on classification_level (org_id, rank) where withdrawn_at is null;
create unique index classification_level_name on classification_level (org_id, lower(name)) where withdrawn_at is null;
select tenant_table('classification_level');

create table asset (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  name text not null,
  kind text not null check (kind in
    ('information', 'data', 'software', 'hardware', 'service', 'people', 'site', 'intangible')),
  category text not null,
  description text not null,
  owner_id uuid,
  -- The owner as an imported file named them, until somebody of the directory is chosen.
  owner_text text not null,
  custodian_id uuid,
  custodian_text text not null,
  classification_id uuid,
  -- Value of each property, 1 (low) to 4 (critical); null is not stated.
  confidentiality int check (confidentiality between 1 and 4),
  integrity int check (integrity between 1 and 4),
  availability int check (availability between 1 and 4),
  -- One overall value where a source gives only that; never copied into the properties.
  criticality int check (criticality between 1 and 4),
  value_reason text not null,
  location text not null,
  environment text not null,
  supplier text not null,
  personal_data text not null check (personal_data in ('yes', 'no', 'notStated')),
  life_cycle text not null check (life_cycle in ('planned', 'inUse', 'retired')),
  verified_on date,
  verified_by uuid,
  note text not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, custodian_id) references person (org_id, id),
  foreign key (org_id, verified_by) references person (org_id, id),
  foreign key (org_id, classification_id) references classification_level (org_id, id)
);
create index asset_owner on asset (org_id, owner_id);
select tenant_table('asset');

-- asset_id relies on relies_on_id.
create table asset_dependency (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  asset_id uuid not null,
  relies_on_id uuid not null check (relies_on_id <> asset_id),
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, asset_id, relies_on_id),
  foreign key (org_id, asset_id) references asset (org_id, id),
  foreign key (org_id, relies_on_id) references asset (org_id, id)
);
create index asset_dependency_relies_on on asset_dependency (org_id, relies_on_id);
select tenant_table('asset_dependency');
