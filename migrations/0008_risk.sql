-- Method, risks, treatment, the owner's two acts, assessment runs (6.1.2, 6.1.3, 8.2, 8.3).

-- A version of the risk method. What was approved is never edited, only revised; `legacy` keeps the scales of an import.
create table risk_method (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  edition int not null,
  status text not null check (status in ('draft', 'approved', 'superseded', 'legacy')),
  name text not null,
  likelihood jsonb not null,
  dimensions jsonb not null,
  combination text not null check (combination = 'maximum'),
  aggregate jsonb not null,
  bands jsonb not null,
  accept_up_to text,
  acceptance_authority jsonb not null,
  plan_authority jsonb not null,
  interval_months int not null,
  triggers jsonb not null,
  validity_months int not null,
  revises_id uuid,
  approved_by uuid,
  approved_at timestamptz(3),
  superseded_at timestamptz(3),
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, edition),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, revises_id) references risk_method (org_id, id),
  foreign key (org_id, approved_by) references person (org_id, id)
);
create unique index risk_method_in_force on risk_method (org_id) where status = 'approved';
select tenant_table('risk_method');

create table risk_level_map (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  from_method_id uuid not null,
  to_method_id uuid not null,
  likelihood jsonb not null,
  dimensions jsonb not null,
  overall jsonb not null,
  status text not null check (status in ('draft', 'approved', 'withdrawn')),
  approved_by uuid,
  approved_at timestamptz(3),
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  foreign key (org_id, from_method_id) references risk_method (org_id, id),
  foreign key (org_id, to_method_id) references risk_method (org_id, id),
  foreign key (org_id, approved_by) references person (org_id, id)
);
select tenant_table('risk_level_map');

create table risk (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  kind text not null check (kind in ('informationSecurity', 'isms', 'opportunity')),
  title text not null,
  scenario text not null,
  threat text,
  vulnerability text,
  category text,
  confidentiality text not null check (confidentiality in ('lost', 'notLost', 'notStated')),
  integrity text not null check (integrity in ('lost', 'notLost', 'notStated')),
  availability text not null check (availability in ('lost', 'notLost', 'notStated')),
  owner_id uuid,
  method_id uuid,
  inherent jsonb,
  current jsonb,
  target jsonb,
  rationale text not null,
  -- Orders current levels under one method, highest first; computed by the rules when the risk is scored.
  priority int,
  assessed_at timestamptz(3),
  assessed_by uuid,
  planned_at timestamptz(3),
  imported jsonb,
  effectiveness text,
  effectiveness_on date,
  closed_at timestamptz(3),
  closed_reason text,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  check ((current is null) = (method_id is null)),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, method_id) references risk_method (org_id, id),
  foreign key (org_id, assessed_by) references person (org_id, id)
);
create index risk_owner on risk (org_id, owner_id);
select tenant_table('risk');

create table risk_asset (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  risk_id uuid not null,
  asset_id uuid not null,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, risk_id, asset_id),
  foreign key (org_id, risk_id) references risk (org_id, id),
  foreign key (org_id, asset_id) references asset (org_id, id)
);
create index risk_asset_asset on risk_asset (org_id, asset_id);
select tenant_table('risk_asset');

create table risk_obligation (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  risk_id uuid not null,
  obligation_id uuid not null,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, risk_id, obligation_id),
  foreign key (org_id, risk_id) references risk (org_id, id),
  foreign key (org_id, obligation_id) references obligation (org_id, id)
);
create index risk_obligation_obligation on risk_obligation (org_id, obligation_id);
select tenant_table('risk_obligation');

-- Which control lowers what; the control's own table comes with the controls.
create table risk_control (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  risk_id uuid not null,
  control_id uuid not null,
  state text not null check (state in ('live', 'planned')),
  lowers text check (lowers in ('likelihood', 'consequence', 'both')),
  went_live_at timestamptz(3),
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, risk_id, control_id),
  foreign key (org_id, risk_id) references risk (org_id, id)
);
create index risk_control_control on risk_control (org_id, control_id);
select tenant_table('risk_control');

create table risk_option (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  risk_id uuid not null,
  kind text not null check (kind in ('modify', 'share', 'avoid', 'retain')),
  agreement text,
  agreement_id uuid,
  change text,
  ended_on date,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, risk_id, kind),
  foreign key (org_id, risk_id) references risk (org_id, id)
);
select tenant_table('risk_option');

create table risk_rise (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  risk_id uuid not null,
  axis text not null,
  reason text not null,
  secondary_risk_id uuid not null,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, risk_id, axis),
  foreign key (org_id, risk_id) references risk (org_id, id),
  foreign key (org_id, secondary_risk_id) references risk (org_id, id)
);
select tenant_table('risk_rise');

create table risk_action (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  risk_id uuid not null,
  title text not null,
  description text,
  control_id uuid,
  owner_id uuid,
  start_on date,
  due_on date,
  due_moves jsonb not null,
  resources text,
  -- Smallest unit of the organization's currency.
  cost bigint,
  status text not null check (status in ('planned', 'inProgress', 'done', 'cancelled')),
  status_reason text,
  started_at timestamptz(3),
  done_at timestamptz(3),
  cancelled_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, risk_id) references risk (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id)
);
create index risk_action_risk on risk_action (org_id, risk_id);
create index risk_action_control on risk_action (org_id, control_id);
create index risk_action_owner on risk_action (org_id, owner_id);
select tenant_table('risk_action');

create table risk_rescoring (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  risk_id uuid not null,
  method_id uuid not null,
  before jsonb not null,
  target jsonb not null,
  reached jsonb not null,
  variance text not null check (variance in ('asPlanned', 'better', 'worse', 'mixed')),
  rationale text not null,
  rescored_at timestamptz(3) not null,
  rescored_by uuid not null,
  primary key (org_id, id),
  foreign key (org_id, risk_id) references risk (org_id, id),
  foreign key (org_id, method_id) references risk_method (org_id, id),
  foreign key (org_id, rescored_by) references person (org_id, id)
);
create index risk_rescoring_risk on risk_rescoring (org_id, risk_id);
select tenant_table('risk_rescoring');

-- The owner's acts (6.1.3 f), each bound to the state it was given for.
create table risk_approval (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  risk_id uuid not null,
  act text not null check (act in ('plan', 'acceptance')),
  person_id uuid not null,
  signed_at timestamptz(3) not null,
  expires_on date not null,
  method_id uuid not null,
  material jsonb not null,
  material_hash text not null,
  needs jsonb not null,
  note text,
  ended_at timestamptz(3),
  ended_by text check (ended_by in ('newerAct', 'revoked')),
  primary key (org_id, id),
  foreign key (org_id, risk_id) references risk (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id),
  foreign key (org_id, method_id) references risk_method (org_id, id)
);
create unique index risk_approval_live on risk_approval (org_id, risk_id, act) where ended_at is null;
create index risk_approval_risk on risk_approval (org_id, risk_id);
select tenant_table('risk_approval');

create table risk_signature (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  approval_id uuid not null,
  role text not null check (role in ('ismsManager', 'topManagement')),
  person_id uuid not null,
  signed_at timestamptz(3) not null,
  material_hash text not null,
  primary key (org_id, id),
  unique (org_id, approval_id, role),
  foreign key (org_id, approval_id) references risk_approval (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id)
);
select tenant_table('risk_signature');

create table risk_run (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  name text not null,
  scope text not null check (scope in ('whole', 'partial')),
  trigger text,
  method_id uuid not null,
  status text not null check (status in ('open', 'closed', 'cancelled')),
  opened_on date not null,
  opened_by uuid not null,
  closed_at timestamptz(3),
  closed_on date,
  closed_by uuid,
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, method_id) references risk_method (org_id, id),
  foreign key (org_id, opened_by) references person (org_id, id),
  foreign key (org_id, closed_by) references person (org_id, id)
);
select tenant_table('risk_run');

create table risk_run_member (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  run_id uuid not null,
  risk_id uuid not null,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, run_id, risk_id),
  foreign key (org_id, run_id) references risk_run (org_id, id),
  foreign key (org_id, risk_id) references risk (org_id, id)
);
select tenant_table('risk_run_member');

create table risk_run_result (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  run_id uuid not null,
  risk_id uuid not null,
  method_id uuid not null,
  risk_ref text not null,
  title text not null,
  scenario text not null,
  kind text not null,
  owner_id uuid,
  inherent jsonb,
  current jsonb,
  target jsonb,
  rationale text not null,
  options jsonb not null,
  inherent_band text,
  current_band text not null,
  target_band text,
  exceeds_threshold boolean not null,
  priority int not null,
  rank int,
  assessed_at timestamptz(3) not null,
  assessed_by uuid not null,
  frozen_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, run_id, risk_id),
  foreign key (org_id, run_id) references risk_run (org_id, id),
  foreign key (org_id, risk_id) references risk (org_id, id),
  foreign key (org_id, method_id) references risk_method (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, assessed_by) references person (org_id, id)
);
select tenant_table('risk_run_result');

create table risk_action_evidence (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  action_id uuid not null,
  artefact_id uuid not null,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, action_id, artefact_id),
  foreign key (org_id, action_id) references risk_action (org_id, id),
  foreign key (org_id, artefact_id) references artefact (org_id, id)
);
select tenant_table('risk_action_evidence');
