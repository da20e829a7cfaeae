-- Up Migration

-- Lists and tables that an organisation loads: a version is written whole and then put in force, so that an import that
-- fails half way leaves the version before it in force.
create table reference_list (
  organisation text not null references organisation,
  id uuid not null,
  list text not null check (list in ('sdn', 'csl', 'hs', 'tariff', 'declarations')),
  version text not null,
  files jsonb not null,
  entries integer not null,
  imported_at timestamptz not null,
  in_force boolean not null default false,
  primary key (organisation, id)
);
comment on table reference_list is 'A version of a list or table that was imported. docs/how-to-add/reference-lists.md';
comment on column reference_list.version is 'What the files contain, as a short hash: the same files are the same version.';
comment on column reference_list.files is 'Name, size and SHA-256 of each file.';
create unique index reference_list_in_force on reference_list (organisation, list) where in_force;

create table screening_entry (
  organisation text not null,
  list_id uuid not null,
  entry_id text not null,
  fingerprint text not null,
  content jsonb not null,
  primary key (organisation, list_id, entry_id),
  foreign key (organisation, list_id) references reference_list on delete cascade
);
comment on column screening_entry.fingerprint is 'Hash of what the entry says: a changed entry asks again.';

create table screening_decision (
  organisation text not null references organisation,
  party text not null,
  list text not null,
  entry_id text not null,
  fingerprint text not null,
  decision text not null check (decision in ('another-party', 'this-party')),
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  reference text,
  event_seq bigint,
  primary key (organisation, party, list, entry_id, fingerprint)
);
comment on table screening_decision is 'What a person decided about a party and a list entry as it stood: the same false alarm does not come back.';
comment on column screening_decision.party is 'Normalised name and country of the party.';

create table tariff_code (
  organisation text not null,
  list_id uuid not null,
  code text not null,
  content jsonb not null,
  primary key (organisation, list_id, code),
  foreign key (organisation, list_id) references reference_list on delete cascade
);
comment on table tariff_code is 'Codes of the imported nomenclature (hs) and of the ten-digit table (tariff).';

create table declared_line (
  organisation text not null references organisation,
  id bigint generated always as identity,
  list_id uuid,
  reference text,
  event_seq bigint,
  declaration_number text not null,
  line integer not null,
  declared_on date not null,
  product_code text,
  hs_code text not null,
  content jsonb not null,
  primary key (organisation, id),
  foreign key (organisation, list_id) references reference_list on delete cascade
);
comment on table declared_line is 'Lines that were declared before: brought along by an import, or filed here.';
create index declared_line_goods on declared_line (organisation, hs_code);
create index declared_line_filed on declared_line (organisation, reference, event_seq);
create index declared_line_product on declared_line (organisation, product_code);

create table recheck (
  organisation text not null references organisation,
  id text not null,
  cause jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  report jsonb,
  primary key (organisation, id)
);
comment on table recheck is 'One durable look at all open shipments after a list or a rule changed, and what it found.';

create table landed_cost_quote (
  organisation text not null references organisation,
  id uuid not null,
  content jsonb not null,
  quoted_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation, id)
);

do $$
declare
  name text;
begin
  foreach name in array array['reference_list', 'screening_entry', 'screening_decision', 'tariff_code', 'declared_line', 'recheck', 'landed_cost_quote'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_organisation on %I using (organisation = current_setting(''quayside.organisation'', true))', name);
    execute format('grant select, insert on %I to quayside_app', name);
  end loop;
end $$;
grant update (in_force) on reference_list to quayside_app;
grant delete on reference_list to quayside_app;
grant update (finished_at, report) on recheck to quayside_app;
grant update (decision, reason, decided_by, decided_at, reference, event_seq) on screening_decision to quayside_app;

create or replace function replace_unkept(wanted text, kept bigint) returns bigint language plpgsql security definer set search_path = public as $$
declare
  mine constant text := current_setting('quayside.organisation');
  dropped bigint;
begin
  perform set_config('quayside.replaces_unkept', 'on', true);
  with gone as (
    delete from shipment_event where organisation = mine and reference = wanted and seq > kept returning *
  ), copied as (
    insert into shipment_event_unkept (organisation, reference, seq, at, kind, data)
      select organisation, reference, seq, at, kind, data from gone returning 1
  ) select count(*) into dropped from copied;
  perform set_config('quayside.replaces_unkept', 'off', true);
  if dropped > 0 then
    delete from document where organisation = mine and reference = wanted and event_seq > kept;
    delete from vat_invoice where organisation = mine and reference = wanted and event_seq > kept;
    delete from declared_line where organisation = mine and reference = wanted and event_seq > kept;
    delete from screening_decision where organisation = mine and reference = wanted and event_seq > kept;
    delete from task where organisation = mine and reference = wanted and asked_seq > kept;
    update task set status = 'open', answer = null, closed_at = null, closed_seq = null
      where organisation = mine and reference = wanted and closed_seq > kept;
  end if;
  return dropped;
end $$;

-- What a changed rule book concerns without knowing the organisations.
create function organisations_with_open_shipments() returns table (organisation text)
  language sql security definer set search_path = public
  as 'select distinct organisation from shipment where outcome is null and started_at is not null';
revoke all on function organisations_with_open_shipments from public;
grant execute on function organisations_with_open_shipments to quayside_app;

-- Down Migration
-- None: migrations only go forward; what is wrong is mended by the next one.
