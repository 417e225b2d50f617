-- The audit trail of one person: found by an index instead of reading everything. A column of its own, because
-- row-level security lets no expression over actor be looked up before the organization is checked.
alter table ledger_entry add column actor_name text not null generated always as (actor ->> 'name') stored;
create index ledger_entry_actor on ledger_entry (org_id, actor_name, seq desc);
