-- Frameworks as data: what records point at. Filled from the catalogue folder by the owner when the schema is brought
-- up to date; read-only for the application. A release keeps its references for ever; its explanations may be improved.

create schema catalogue;
grant usage on schema catalogue to app;

create table catalogue.release (
  id text primary key,
  framework text not null,
  title jsonb not null,
  -- SHA-256 of the files it was last filled from.
  content_hash text not null
);

create table catalogue.entry (
  release text not null references catalogue.release (id),
  ref text not null,
  kind text not null check (kind in ('clause', 'requirement', 'control')),
  parent text,
  position int not null,
  title jsonb not null,
  primary key (release, ref)
);

grant select on all tables in schema catalogue to app;
