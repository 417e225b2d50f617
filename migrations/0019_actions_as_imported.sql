-- What an imported plan says of an action and the row could not hold.

-- Who is to do it, where nobody of the directory is meant for sure. Null also in the rows and ledger images from before.
alter table risk_action add column owner_text text;
select tenant_table('risk_action');

-- Further controls the action brings about, beside the one its own row names: “A.5.17 and A.8.5”.
create table action_control (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  action_id uuid not null,
  control_id uuid not null,
  live boolean not null,
  primary key (org_id, id),
  unique (org_id, action_id, control_id),
  foreign key (org_id, action_id) references risk_action (org_id, id),
  foreign key (org_id, control_id) references control (org_id, id)
);
create index action_control_control on action_control (org_id, control_id);
select tenant_table('action_control');
