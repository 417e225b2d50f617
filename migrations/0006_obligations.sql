-- Interested parties (4.2) and what has to be met: laws, regulations, contracts, their requirements (4.2, 5.31).

create table interested_party (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  name text not null,
  kind text not null check (kind in ('internal', 'external')),
  interest text not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id)
);
create unique index interested_party_name on interested_party (org_id, lower(name)) where withdrawn_at is null;
select tenant_table('interested_party');

create table obligation (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  title text not null,
  kind text not null check (kind in ('law', 'regulation', 'contract', 'interestedParty')),
  -- The law, contract or document it stands in, and where in it.
  source text not null,
  clause text not null,
  jurisdiction text not null,
  party_id uuid,
  requirement text not null,
  -- Whether the ISMS addresses it (4.2 c), and why or why not.
  addressed text not null check (addressed in ('yes', 'no', 'undecided')),
  addressed_why text not null,
  owner_id uuid,
  owner_text text not null,
  applies_since date,
  review_on date,
  reviewed_on date,
  reviewed_by uuid,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, party_id) references interested_party (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, reviewed_by) references person (org_id, id)
);
create index obligation_owner on obligation (org_id, owner_id);
select tenant_table('obligation');
