-- The directory: who owns, decides and is answerable. Membership of an organization points here.

create table team (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  name text not null,
  parent_id uuid,
  lead_id uuid,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, parent_id) references team (org_id, id)
);
create unique index team_name on team (org_id, lower(name)) where withdrawn_at is null;

create table person (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  name text not null,
  email text,
  job_title text not null,
  kind text not null check (kind in ('employee', 'contractor', 'external')),
  status text not null check (status in ('active', 'absent', 'left')),
  team_id uuid,
  manager_id uuid,
  started_on date,
  left_on date,
  note text not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id),
  foreign key (org_id, team_id) references team (org_id, id),
  foreign key (org_id, manager_id) references person (org_id, id)
);
create unique index person_email on person (org_id, lower(email)) where withdrawn_at is null and email is not null;
alter table team add foreign key (org_id, lead_id) references person (org_id, id);
alter table membership add foreign key (org_id, person_id) references person (org_id, id);
create unique index membership_person on membership (org_id, person_id) where ended_at is null and person_id is not null;

select tenant_table('team');
select tenant_table('person');

-- Roles of the ISMS with their responsibilities and authorities (5.3), and who holds them.
create table isms_role (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  ref text not null,
  name text not null,
  -- The two assignments 5.3 asks for: that the ISMS conforms, and that its performance is reported.
  mandate text check (mandate in ('conformity', 'reporting')),
  responsibilities text not null,
  authorities text not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  unique (org_id, ref),
  foreign key (org_id, org_id) references organization (org_id, id)
);
select tenant_table('isms_role');

create table role_assignment (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  role_id uuid not null,
  person_id uuid not null,
  assigned_on date not null,
  assigned_by uuid,
  accepted_at timestamptz(3),
  declined_at timestamptz(3),
  ended_on date,
  primary key (org_id, id),
  foreign key (org_id, role_id) references isms_role (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id)
);
create index role_assignment_role on role_assignment (org_id, role_id);
create index role_assignment_person on role_assignment (org_id, person_id);
select tenant_table('role_assignment');
