-- Evidence: artefacts with provenance, stored once under their hash.

create table artefact (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  kind text not null check (kind in ('file', 'link', 'testResult', 'record', 'observation', 'interview')),
  title text not null,
  description text not null,
  -- Where it comes from and how it was collected.
  source text not null,
  collected_by text not null check (collected_by in ('person', 'connector')),
  collector_id uuid,
  -- What it was drawn from: all leavers of Q1, 12 of them.
  population text not null,
  population_count int,
  period_from date,
  period_to date,
  effective_on date,
  collected_at timestamptz(3) not null,
  url text,
  sha256 text,
  bytes bigint,
  file_name text,
  media_type text,
  -- Of kind record: table and id of the record in this system. No foreign key: it may be of any module.
  record_type text,
  record_id uuid,
  outcome text check (outcome in ('passed', 'failed')),
  interviewee_id uuid,
  interviewee_text text not null,
  classification_id uuid,
  valid_until date,
  owner_id uuid,
  verdict text check (verdict in ('supports', 'contradicts', 'inconclusive')),
  conclusion text not null,
  concluded_by uuid,
  concluded_on date,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  -- Content is known whole or not at all.
  check (num_nulls(sha256, bytes, file_name, media_type) in (0, 4)),
  check ((record_type is null) = (record_id is null)),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, collector_id) references person (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, interviewee_id) references person (org_id, id),
  foreign key (org_id, concluded_by) references person (org_id, id),
  foreign key (org_id, classification_id) references classification_level (org_id, id)
);
create index artefact_sha256 on artefact (org_id, sha256);
create index artefact_owner on artefact (org_id, owner_id);
select tenant_table('artefact');
