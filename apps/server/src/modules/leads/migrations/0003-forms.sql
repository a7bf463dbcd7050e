-- Forms by which people ask for something, and what they sent.

create table form (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null,
  name text not null,
  slug text not null,
  locale text check (locale in ('en', 'es', 'fr')),
  title text,
  intro text,
  button text,
  fields jsonb not null, -- always read and written whole
  consents jsonb not null,
  double_opt_in boolean not null,
  thanks text,
  thanks_url text,
  pipeline_id uuid,
  source text not null,
  plain_html boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, slug),
  foreign key (workspace_id, pipeline_id) references pipeline (workspace_id, id)
);
call platform.guard_workspace_table('form');
create index form_of_pipeline on form (workspace_id, pipeline_id) where pipeline_id is not null;

-- `held` waits for a person to let it in or to delete it. Its contact is then the one whose address it names, if there is one, so that it goes with her.
create table form_submission (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  form_id uuid not null,
  state text not null check (state in ('taken', 'held')),
  contact_id uuid,
  lead_id uuid,
  joined boolean not null,
  typed_name text not null,
  typed_email text,
  typed_phone text,
  answers jsonb not null,
  agreed jsonb not null, -- what was ticked, with the sign of the words beside it
  reasons jsonb not null,
  locale text not null,
  zone text,
  via text not null check (via in ('page', 'plain', 'api')),
  came_from text,
  campaign text,
  content_hash text not null, -- keyed: the same content within some minutes is the same submission
  token_id uuid, -- the page it was sent from
  created_at timestamptz(3) not null,
  held_until timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, form_id) references form (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, lead_id) references lead (workspace_id, id) on delete set null (lead_id),
  check ((state = 'held') = (held_until is not null)),
  check (state = 'held' or contact_id is not null)
);
call platform.guard_workspace_table('form_submission');
create index form_submission_newest on form_submission (workspace_id, form_id, state, id desc);
create index form_submission_all on form_submission (workspace_id, state, id desc);
create index form_submission_of_contact on form_submission (workspace_id, contact_id) where contact_id is not null;
create index form_submission_of_lead on form_submission (workspace_id, lead_id) where lead_id is not null;
create index form_submission_same on form_submission (workspace_id, content_hash, created_at);
create index form_submission_of_token on form_submission (workspace_id, token_id) where token_id is not null;
create index form_submission_over on form_submission (workspace_id, held_until) where state = 'held';

-- What is agreed to and masked on a form is said to come from one.
alter table consent_invitation drop constraint consent_invitation_origin_check;
alter table consent_invitation add constraint consent_invitation_origin_check check (origin in ('counter', 'booking_page', 'member', 'form'));
alter table masked_number drop constraint masked_number_source_check;
alter table masked_number add constraint masked_number_source_check check (source in ('booking', 'message', 'request', 'preference', 'form'));
alter table privacy_signal drop constraint privacy_signal_seen_on_check;
alter table privacy_signal add constraint privacy_signal_seen_on_check check (seen_on in ('preferences', 'booking', 'form'));
