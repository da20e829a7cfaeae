-- Up Migration

-- The application never is the owner: a superuser or table owner would bypass row-level security.
do $$ begin
  if not exists (select from pg_roles where rolname = 'quayside_app') then
    create role quayside_app nologin nosuperuser nobypassrls;
  end if;
end $$;
grant quayside_app to current_user;
grant usage on schema public to quayside_app;

create table organisation (
  slug text primary key check (slug ~ '^[a-z0-9-]{2,32}$'),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);
comment on table organisation is 'An exporter. Every other row belongs to one, and is reached through it.';

create table api_key (
  id bigint generated always as identity primary key,
  organisation text not null references organisation,
  role text not null check (role in ('order-system', 'operator', 'finance', 'manager', 'counterparty')),
  label text not null,
  key_sha256 bytea not null unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  unique (organisation, label)
);
comment on column api_key.key_sha256 is 'SHA-256 of a 256-bit random key: it cannot be guessed, so no slow hash is needed.';

-- The one look-up before the organisation is known; it answers nothing but whose key it is.
create function organisation_of_key(wanted bytea) returns table (organisation text, role text)
  language sql security definer set search_path = public
  as 'select organisation, role from api_key where key_sha256 = wanted and revoked_at is null';

create table shipment (
  organisation text not null references organisation,
  reference text not null check (reference ~ '^[A-Za-z0-9._-]{1,40}$' and reference !~ '^\.+$'),
  order_body jsonb not null,
  order_sha256 text not null,
  simulated boolean not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  progress jsonb not null default '{}',
  progress_seq bigint not null default 0,
  as_of timestamptz,
  stage text not null default 'intake',
  outcome text,
  next_deadline timestamptz,
  primary key (organisation, reference)
);
comment on table shipment is 'One declared consignment: its order as it came, and a projection of where its workflow stands. Nothing decides on the projection.';
comment on column shipment.started_at is 'When its workflow was known to run; null between the order''s arrival and that moment.';
comment on column shipment.as_of is 'The shipment''s own clock at the last write.';
create index shipment_open on shipment (organisation, next_deadline) where outcome is null;
create index shipment_not_started on shipment (created_at) where started_at is null;

create table shipment_event (
  organisation text not null,
  reference text not null,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  data jsonb not null,
  primary key (organisation, reference, seq),
  foreign key (organisation, reference) references shipment
);
comment on table shipment_event is 'What happened, append-only; seq counts in each shipment, so that writing twice writes once.';

create table idempotency_key (
  organisation text not null references organisation,
  key text not null check (length(key) between 1 and 200),
  request_sha256 text not null,
  status integer,
  body text,
  created_at timestamptz not null default now(),
  primary key (organisation, key)
);

create table document (
  organisation text not null,
  reference text not null,
  id text not null,
  kind text not null,
  revision integer not null,
  content jsonb not null,
  content_sha256 text not null,
  as_of timestamptz not null,
  primary key (organisation, reference, id, revision),
  foreign key (organisation, reference) references shipment
);
comment on table document is 'Papers made by us and handed in, as data; a changed paper is a new revision.';

create table task (
  organisation text not null references organisation,
  id text not null,
  reference text,
  workflow_id text,
  kind text not null,
  question text not null,
  evidence jsonb not null,
  choices jsonb not null,
  wants_document text,
  finding jsonb,
  owner_role text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  warn_at jsonb not null,
  provisional boolean not null,
  escalated_at timestamptz,
  status text not null default 'open' check (status in ('open', 'answered', 'moot')),
  answer jsonb,
  closed_at timestamptz,
  primary key (organisation, id)
);
comment on table task is 'A question put to a person, with a clock. Without a reference it belongs to no shipment; without a workflow its answer is only recorded.';
create index task_open on task (organisation, due_at) where status = 'open';

create table outbound_message (
  organisation text not null references organisation,
  key text not null,
  reference text not null,
  party text not null,
  kind text not null,
  body jsonb not null,
  prepared_as_of timestamptz not null,
  attempts integer not null default 0,
  state text not null default 'prepared' check (state in ('prepared', 'sent', 'answered', 'refused')),
  response jsonb,
  answered_at timestamptz,
  primary key (organisation, key)
);
comment on table outbound_message is 'Every outward effect, written before it is sent: the same key is the same message, and its body never changes.';

create table bank_statement (
  organisation text not null references organisation,
  sha256 text not null,
  content text not null,
  received_at timestamptz not null default now(),
  started_at timestamptz,
  primary key (organisation, sha256)
);
comment on column bank_statement.started_at is 'When its workflow was known to run; null between the file''s arrival and that moment.';
create index bank_statement_not_started on bank_statement (received_at) where started_at is null;

create table receipt (
  organisation text not null references organisation,
  id text not null,
  statement_sha256 text not null,
  booked_amount numeric not null,
  currency char(3) not null,
  charges numeric not null,
  instructed_amount numeric,
  booked_on date not null,
  value_date date not null,
  payer_name text,
  remittance jsonb not null,
  status text not null default 'unmatched' check (status in ('unmatched', 'matched', 'not-export')),
  primary key (organisation, id),
  foreign key (organisation, statement_sha256) references bank_statement (organisation, sha256)
);

create table receipt_allocation (
  organisation text not null,
  receipt_id text not null,
  reference text not null,
  instalment integer not null,
  amount numeric not null,
  charges numeric not null,
  currency char(3) not null,
  because text not null,
  primary key (organisation, receipt_id, reference, instalment),
  foreign key (organisation, receipt_id) references receipt (organisation, id),
  foreign key (organisation, reference) references shipment
);

create table vat_invoice (
  organisation text not null,
  number text not null,
  reference text not null,
  issued_on date not null,
  content jsonb not null,
  replaces text,
  -- One invoice may cover the goods of several shipments.
  primary key (organisation, reference, number),
  foreign key (organisation, reference) references shipment
);

create table refund_claim (
  organisation text not null,
  reference text not null,
  revision integer not null,
  content jsonb not null,
  refund_claimed numeric not null,
  currency char(3) not null default 'CNY',
  as_of timestamptz not null,
  primary key (organisation, reference, revision),
  foreign key (organisation, reference) references shipment
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: a correction is a new record', tg_table_name;
end $$;
create trigger append_only before update or delete on shipment_event for each row execute function refuse_change();
create trigger never_emptied before truncate on shipment_event for each statement execute function refuse_change();

-- One rule for every table of an organisation: a session sees the organisation it named and nothing else.
do $$ declare name text; begin
  foreach name in array array['shipment', 'shipment_event', 'idempotency_key', 'document', 'task', 'outbound_message',
    'bank_statement', 'receipt', 'receipt_allocation', 'vat_invoice', 'refund_claim'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_organisation on %I using (organisation = current_setting(''quayside.organisation'', true))', name);
    execute format('grant select, insert, update on %I to quayside_app', name);
  end loop;
end $$;
-- Corrections are new records: nothing filed, booked or answered is edited.
revoke update on shipment_event, document, receipt_allocation, vat_invoice, refund_claim from quayside_app;
alter table organisation enable row level security;
create policy own_organisation on organisation using (slug = current_setting('quayside.organisation', true));
grant select on organisation to quayside_app;
revoke all on function organisation_of_key from public;
grant execute on function organisation_of_key to quayside_app;
-- What a restart must find without knowing the organisations: shipments whose workflow is not known to run.
create function shipments_not_started() returns table (organisation text, reference text)
  language sql security definer set search_path = public
  as 'select organisation, reference from shipment where started_at is null';
revoke all on function shipments_not_started from public;
grant execute on function shipments_not_started to quayside_app;
create function statements_not_started() returns table (organisation text, sha256 text)
  language sql security definer set search_path = public
  as 'select organisation, sha256 from bank_statement where started_at is null';
revoke all on function statements_not_started from public;
grant execute on function statements_not_started to quayside_app;

-- Down Migration
-- None: migrations only go forward; what is wrong is mended by the next one.
