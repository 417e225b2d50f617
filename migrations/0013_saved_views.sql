-- Views of lists that people keep under a name: filters, sorting, grouping and columns. One's own, or the whole team's.

create table saved_view (
  org_id uuid not null,
  id uuid not null,
  version int not null,
  -- Which list it belongs to: 'risks'.
  list text not null,
  name text not null,
  -- The list's part of the address, without a question mark.
  query text not null,
  -- Whose it is: the account, or the token, that saved it; and the name at that time.
  saved_by uuid not null,
  saved_by_name text not null,
  shared boolean not null,
  withdrawn_at timestamptz(3),
  primary key (org_id, id),
  foreign key (org_id, org_id) references organization (org_id, id)
);
create unique index saved_view_name on saved_view (org_id, list, saved_by, lower(name)) where withdrawn_at is null;
create index saved_view_list on saved_view (org_id, list) where withdrawn_at is null;
select tenant_table('saved_view');
