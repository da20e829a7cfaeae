-- Up Migration

-- Whoever repairs is not whoever manages; an action on a trouble names the key that did it.
alter table api_key drop constraint api_key_role_check;
alter table api_key add constraint api_key_role_check
  check (role in ('order-system', 'operator', 'finance', 'manager', 'engineer', 'counterparty'));
drop function organisation_of_key(bytea);
create function organisation_of_key(wanted bytea) returns table (organisation text, role text, key_id bigint)
  language sql security definer set search_path = public
  as 'select organisation, role, id from api_key where key_sha256 = wanted and revoked_at is null';

create table step_retry (
  organisation text not null references organisation,
  workflow_id text not null,
  activity_id text not null,
  activity text not null,
  local boolean not null,
  attempt integer not null,
  last_error text,
  since timestamptz not null,
  last_tried_at timestamptz not null,
  primary key (organisation, workflow_id, activity_id)
);
comment on table step_retry is 'Steps that have been failing for a while, as the worker sees them; a row goes when its step succeeds, or is found gone.';
comment on column step_retry.activity_id is 'As the engine counts it; of a local activity, which gets a new number with each long pause, its name.';

create table trouble_action (
  id bigint generated always as identity primary key,
  organisation text not null references organisation,
  trouble_id text not null,
  kind text not null,
  reference text,
  workflow_id text,
  action text not null check (action in ('retry', 'override')),
  key_id bigint not null references api_key,
  key_role text not null,
  reason text not null,
  at timestamptz not null default now(),
  outcome text not null default 'begun' check (outcome in ('begun', 'done', 'refused', 'failed')),
  words text,
  ended_at timestamptz
);
comment on table trouble_action is 'Who did what about a trouble, and why: written before it is done. ''begun'' without an end: the process died meanwhile, look whether it took effect.';
create index trouble_action_latest on trouble_action (organisation, id desc);

do $$ declare name text; begin
  foreach name in array array['step_retry', 'trouble_action'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_organisation on %I using (organisation = current_setting(''quayside.organisation'', true))', name);
  end loop;
end $$;
grant select, insert, update, delete on step_retry to quayside_app;
grant select, insert on trouble_action to quayside_app;
-- What was done stays as it was written; only how it ended is added.
grant update (outcome, words, ended_at) on trouble_action to quayside_app;

create index shipment_event_misfit on shipment_event (at)
  where kind = 'message' and data->>'status' in ('impossible', 'conflict');

-- What the service must see of all organisations to say that something is stuck.
create function keys_in_use() returns table (organisation text, role text)
  language sql stable security definer set search_path = public
  as 'select distinct organisation, role from api_key where revoked_at is null';
create function open_tasks() returns table (organisation text, id text, reference text, workflow_id text, kind text, question text,
    owner_role text, asked_at timestamptz, due_at timestamptz, escalated_at timestamptz, shipment_as_of timestamptz)
  language sql stable security definer set search_path = public
  as 'select organisation, task.id, task.reference, workflow_id, kind, left(question, 300), owner_role, asked_at, due_at, escalated_at, as_of
        from task left join shipment using (organisation, reference) where status = ''open''';
create function steps_retrying() returns setof step_retry
  language sql stable security definer set search_path = public
  as 'select * from step_retry order by since limit 1000';
create function shipments_open() returns table (simulated boolean, shipments bigint)
  language sql stable security definer set search_path = public
  as 'select simulated, count(*) from shipment where outcome is null group by simulated';
create function messages_misfit_since(moment timestamptz) returns bigint
  language sql stable security definer set search_path = public
  as 'select count(*) from shipment_event where kind = ''message'' and data->>''status'' in (''impossible'', ''conflict'') and at > moment';
revoke all on function organisation_of_key, keys_in_use, open_tasks, steps_retrying, shipments_open, messages_misfit_since from public;
grant execute on function organisation_of_key, keys_in_use, open_tasks, steps_retrying, shipments_open, messages_misfit_since to quayside_app;

-- Down Migration
-- None: migrations only go forward; what is wrong is mended by the next one.
