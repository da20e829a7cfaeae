-- Up Migration

-- Files that others made: the bytes lie in the file store under their hash, what a reader made of them stands here.
create table received_document (
  organisation text not null,
  reference text not null,
  document_id text not null,
  file_sha256 text not null,
  file_name text not null,
  media_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  kind text,
  reading jsonb not null,
  received_by text not null,
  received_from text not null,
  received_at timestamptz not null,
  arrival bigint generated always as identity,
  primary key (organisation, reference, file_sha256),
  foreign key (organisation, reference) references shipment
);
comment on table received_document is 'A file handed in for a shipment, with what a reader made of it; another file under the same id is the paper re-issued.';
comment on column received_document.kind is 'As its sender or its words say; what counts is the kind that a person confirmed.';
comment on column received_document.arrival is 'Counts as they came, whatever day their senders name: the last file of a paper is the one that counts.';
comment on column received_document.received_by is 'Role of the key that handed it in.';
comment on column received_document.received_from is 'Who handed it in, in the sender''s words.';

create table document_statement (
  organisation text not null,
  reference text not null,
  facts_sha256 text not null,
  document_id text not null,
  kind text not null,
  file_sha256 text,
  facts jsonb not null,
  corrected jsonb not null,
  stated_by text not null,
  stated_from text not null,
  stated_at timestamptz not null,
  primary key (organisation, reference, facts_sha256),
  foreign key (organisation, reference) references shipment
);
comment on table document_statement is 'What a person confirmed that a paper says: evidence, never changed. A paper confirmed anew is a new statement.';
comment on column document_statement.facts_sha256 is 'Of the paper''s id, kind, file and facts: the shipment is told it, and a review finds the statement by it.';
comment on column document_statement.corrected is 'Paths of the fields in which the person differed from the reader, with what was read.';

create table printed_document (
  organisation text not null,
  reference text not null,
  document_id text not null,
  revision integer not null,
  file_sha256 text not null,
  printed_at timestamptz not null,
  primary key (organisation, reference, document_id, revision),
  foreign key (organisation, reference) references shipment
);
comment on table printed_document is 'Our own papers as they were printed first: whoever asks again gets the same bytes, whatever the printer has learnt since.';

alter table received_document enable row level security;
create policy own_organisation on received_document using (organisation = current_setting('quayside.organisation', true));
grant insert, select on received_document to quayside_app;
alter table document_statement enable row level security;
create policy own_organisation on document_statement using (organisation = current_setting('quayside.organisation', true));
grant insert, select on document_statement to quayside_app;
alter table printed_document enable row level security;
create policy own_organisation on printed_document using (organisation = current_setting('quayside.organisation', true));
grant insert, select on printed_document to quayside_app;

-- Down Migration
-- None: migrations only go forward; what is wrong is mended by the next one.
