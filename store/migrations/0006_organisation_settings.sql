-- Up Migration

-- What an organisation has decided about itself, each time that somebody saved it: the latest revision is in force, the earlier ones
-- stay, because papers were made and printed under them. Revision 0 is what organisation.settings has held since the set-up.
create table organisation_settings (
  organisation text not null references organisation,
  revision integer not null check (revision > 0),
  settings jsonb not null,
  saved_at timestamptz not null default now(),
  key_id bigint not null references api_key,
  key_role text not null,
  saved_from text not null,
  primary key (organisation, revision)
);
comment on table organisation_settings is 'Settings of an organisation as they were saved, a row each time; the latest is in force. Revision 0 is organisation.settings.';
comment on column organisation_settings.key_id is 'Number of the key that saved them.';
comment on column organisation_settings.saved_from is 'Who saved them, in the sender''s words.';

alter table document add column settings_revision integer;
comment on column document.settings_revision is 'Of our own papers: the revision of the settings that they were made under; null for those of others, and for papers before there were revisions.';
comment on column organisation.settings is 'As set up; in force until a revision is saved in organisation_settings.';

alter table organisation_settings enable row level security;
create policy own_organisation on organisation_settings using (organisation = current_setting('quayside.organisation', true));
grant insert, select on organisation_settings to quayside_app;

-- Down Migration
-- None: migrations only go forward; what is wrong is mended by the next one.
