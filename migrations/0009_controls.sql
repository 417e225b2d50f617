-- Controls of Annex A and of the organization's own, why they are needed, how they are done here, and the Statement of
-- Applicability as issued (6.1.3 b–d).

create table control (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  source text not null check (source in ('annexA', 'own')),
  -- The catalogue release a control of Annex A comes from; its title and purpose stand there.
  release text,
  title text not null,
  theme text not null check (theme in ('organizational', 'people', 'physical', 'technological')),
  applicability text not null check (applicability in ('undecided', 'applicable', 'excluded')),
  justification text not null,
  -- A decision of the business as a driver of its own, with its reason.
  business_reason text not null,
  owner_id uuid,
  owner_text text not null,
  implementation text not null,
  -- What a person says of it; the status is derived and never higher than the records prove.
  stated text not null check (stated in ('notStated', 'notImplemented', 'planned', 'partial', 'implemented')),
  stated_on date,
  stated_by uuid,
  planned_on date,
  operated_by text not null check (operated_by in ('us', 'provider', 'shared')),
  provider text not null,
  note text not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  check ((source = 'annexA') = (release is not null)),
  foreign key (release, ref) references catalogue.entry (release, ref),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, stated_by) references person (org_id, id)
);
create index control_owner on control (org_id, owner_id);
select tenant_table('control');

create table control_obligation (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  control_id uuid not null,
  obligation_id uuid not null,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, control_id, obligation_id),
  foreign key (org_id, control_id) references control (org_id, id),
  foreign key (org_id, obligation_id) references obligation (org_id, id)
);
create index control_obligation_obligation on control_obligation (org_id, obligation_id);
select tenant_table('control_obligation');

create table control_evidence (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  control_id uuid not null,
  artefact_id uuid not null,
  live boolean not null,
  -- The provider's part is covered by a certificate or report whose scope and validity somebody read.
  assurance boolean not null,
  primary key (org_id, id),
  unique (org_id, control_id, artefact_id),
  foreign key (org_id, control_id) references control (org_id, id),
  foreign key (org_id, artefact_id) references artefact (org_id, id)
);
create index control_evidence_artefact on control_evidence (org_id, artefact_id);
select tenant_table('control_evidence');

alter table risk_control add foreign key (org_id, control_id) references control (org_id, id);
alter table risk_action add foreign key (org_id, control_id) references control (org_id, id);

create table soa_version (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  number int not null,
  status text not null check (status in ('proposed', 'issued', 'superseded', 'withdrawn')),
  language text not null,
  note text not null,
  -- The statement itself, frozen: one row per control.
  rows jsonb not null,
  hash text not null,
  prepared_by uuid,
  prepared_at timestamptz(3) not null,
  approved_by uuid,
  approved_at timestamptz(3),
  ended_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, number),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, prepared_by) references person (org_id, id),
  foreign key (org_id, approved_by) references person (org_id, id)
);
-- One issued statement at a time, and one proposal.
create unique index soa_version_issued on soa_version (org_id) where status = 'issued';
create unique index soa_version_proposed on soa_version (org_id) where status = 'proposed';
select tenant_table('soa_version');
