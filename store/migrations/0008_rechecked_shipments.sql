-- Up Migration

-- A list comes into force together with the look that it calls for: an engine that is away then is told later.
alter table recheck add column awaits_start boolean not null default false;
comment on column recheck.awaits_start is 'The engine is not known to run it yet: whoever finds it so starts it. started_at is then when it was called for.';
grant update (awaits_start) on recheck to quayside_app;

create table rechecked_shipment (
  organisation text not null,
  recheck text not null,
  reference text not null,
  findings jsonb not null default '[]',
  found_at timestamptz not null,
  told_at timestamptz,
  failed text,
  primary key (organisation, recheck, reference),
  foreign key (organisation, recheck) references recheck
);
comment on table rechecked_shipment is 'A shipment that a re-check concerns: what is new in its review, written before the shipment is told of it, or why it could not be looked at.';
comment on column rechecked_shipment.found_at is 'On the clock of the shipment: part of the message to it, which is the same however often it is sent.';
comment on column rechecked_shipment.failed is 'Why it could not be looked at or told; counts for as long as it is not told.';
alter table rechecked_shipment enable row level security;
create policy own_organisation on rechecked_shipment using (organisation = current_setting('quayside.organisation', true));
grant select, insert on rechecked_shipment to quayside_app;
grant update (findings, found_at, told_at, failed) on rechecked_shipment to quayside_app;

create function rechecks_not_started() returns table (organisation text, id text, cause jsonb)
  language sql security definer set search_path = public
  as 'select organisation, id, cause from recheck where awaits_start';
revoke all on function rechecks_not_started from public;
grant execute on function rechecks_not_started to quayside_app;

-- Down Migration
-- None: migrations only go forward; what is wrong is mended by the next one.
