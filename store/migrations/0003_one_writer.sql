-- Up Migration

-- A workflow task that is made again may meet more messages than the attempt before it: what that attempt wrote is
-- replaced by what the engine keeps. docs/decisions/0011.
alter table shipment add column written_run text, add column written_length bigint;
comment on column shipment.written_run is 'Run of the workflow that wrote last; with written_length and as_of it tells an attempt that was overtaken.';
comment on column shipment.written_length is 'Length of that run''s history at the workflow task that wrote.';

alter table document add column event_seq bigint;
alter table vat_invoice add column event_seq bigint;
alter table task add column asked_seq bigint, add column closed_seq bigint;
comment on column document.event_seq is 'The event that brought it.';

create table shipment_event_unkept (
  organisation text not null,
  reference text not null,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  data jsonb not null,
  replaced_at timestamptz not null default clock_timestamp(),
  foreign key (organisation, reference) references shipment
);
comment on table shipment_event_unkept is 'What an attempt wrote that the engine did not keep: for engineers, no part of what happened.';
create index shipment_event_unkept_shipment on shipment_event_unkept (organisation, reference, seq);
alter table shipment_event_unkept enable row level security;
create policy own_organisation on shipment_event_unkept using (organisation = current_setting('quayside.organisation', true));
grant select on shipment_event_unkept to quayside_app;

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('quayside.replaces_unkept', true) = 'on' then return old; end if;
  raise exception '% is append-only: a correction is a new record', tg_table_name;
end $$;

-- Sessions of the application may delete nothing: this function alone does, and keeps a copy of the events.
create function replace_unkept(wanted text, kept bigint) returns bigint language plpgsql security definer set search_path = public as $$
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
    delete from task where organisation = mine and reference = wanted and asked_seq > kept;
    update task set status = 'open', answer = null, closed_at = null, closed_seq = null
      where organisation = mine and reference = wanted and closed_seq > kept;
  end if;
  return dropped;
end $$;
revoke all on function replace_unkept from public;
grant execute on function replace_unkept to quayside_app;

-- A claim that was put together and not sent yet gives way to a later check's; one that was sent never changes.
create function put_claim_together(wanted text, claim_revision integer, claim jsonb, refund numeric, at timestamptz)
  returns void language plpgsql security definer set search_path = public as $$
declare
  mine constant text := current_setting('quayside.organisation');
begin
  insert into refund_claim (organisation, reference, revision, content, refund_claimed, as_of)
    values (mine, wanted, claim_revision, claim, refund, at)
    on conflict (organisation, reference, revision) do update
      set content = excluded.content, refund_claimed = excluded.refund_claimed, as_of = excluded.as_of
      where refund_claim.as_of < excluded.as_of and not exists (
        select from outbound_message where organisation = mine and key = mine || '/' || wanted || '/claim/' || claim_revision);
end $$;
revoke all on function put_claim_together from public;
grant execute on function put_claim_together to quayside_app;

-- Down Migration
-- None: migrations only go forward; what is wrong is mended by the next one.
