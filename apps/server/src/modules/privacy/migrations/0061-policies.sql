-- The documents of the business: what was published when, whom it was told, and what people said to new uses.

-- One published version. Append-only: an address that was given out never shows another text.
create table policy_version (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('privacy', 'cookies', 'california', 'terms', 'retention', 'dpa')),
  version int not null check (version > 0),
  weight text not null check (weight in ('minor', 'notable', 'material')),
  settings_version bigint not null, -- the settings it was made from
  published_by text not null,
  published_at timestamptz(3) not null, -- its revised date; it counts from here
  notice_until timestamptz(3), -- until then a notice of it stands on public pages
  primary key (workspace_id, id),
  unique (workspace_id, kind, version)
);
call platform.guard_workspace_table('policy_version', true);
create index policy_notice_stands on policy_version (workspace_id, notice_until) where notice_until is not null;

-- One language of a version: its sentences, and the plain text whose hash is kept as proof of what was shown.
create table policy_text (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version_id uuid not null,
  locale text not null check (locale in ('en', 'es', 'fr')),
  body jsonb not null,
  text text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of the text in UTF-8
  primary key (workspace_id, id),
  unique (workspace_id, version_id, locale),
  foreign key (workspace_id, version_id) references policy_version (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('policy_text', true);

-- What the business adds in its own words. One row a document, made by the first change.
create table policy_paragraphs (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  kind text not null,
  version bigint not null check (version > 0),
  paragraphs jsonb not null, -- section, language, text
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, kind)
);
call platform.guard_workspace_table('policy_paragraphs');

-- How far telling people about a version is; goes on where a crash left it.
create table policy_telling (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version_id uuid not null,
  state text not null check (state in ('running', 'done')),
  after_contact_id uuid, -- contacts up to this one were told, in the order of their ids
  started_at timestamptz(3) not null,
  done_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, version_id),
  foreign key (workspace_id, version_id) references policy_version (workspace_id, id) on delete cascade,
  check ((state = 'done') = (done_at is not null))
);
call platform.guard_workspace_table('policy_telling');

-- Who was told of a version, or why not.
create table policy_told (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version_id uuid not null,
  contact_id uuid, -- null once she is erased
  outcome text not null check (outcome in ('mailed', 'refused')),
  mail_id uuid, -- the mail is the proof of delivery; null once she is erased
  reason text, -- the first reason of the gate
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, version_id, contact_id),
  foreign key (workspace_id, version_id) references policy_version (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id),
  check ((outcome = 'refused') = (reason is not null))
);
call platform.guard_workspace_table('policy_told');
create index policy_told_of_contact on policy_told (workspace_id, contact_id) where contact_id is not null;

-- A member has read a change: the notice in the desk goes.
create table policy_acknowledgement (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version_id uuid not null,
  member_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, version_id, member_id),
  foreign key (workspace_id, version_id) references policy_version (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('policy_acknowledgement');

-- Something new that data are to be used for. Data from before its version are used for it as people answer.
create table data_use (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  key text not null check (key ~ '^[a-z][a-z_]{2,39}$'),
  version_id uuid not null, -- the privacy notice that brought it
  mode text not null check (mode in ('opt_in', 'opt_out')),
  says jsonb not null, -- language to the words that people are asked with
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, key),
  foreign key (workspace_id, version_id) references policy_version (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('data_use', true);

-- What people said to it. Append-only: the newest counts.
create table data_use_answer (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  use_id uuid not null,
  contact_id uuid, -- null once she is erased
  answer text not null check (answer in ('yes', 'no')),
  how text not null check (how in ('link', 'told')),
  words_hash text not null check (words_hash ~ '^[0-9a-f]{64}$'), -- SHA-256 of the words she saw
  locale text not null,
  recorded_by text not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, use_id) references data_use (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete set null (contact_id)
);
call platform.guard_workspace_table('data_use_answer', true);
create index data_use_answer_of_contact on data_use_answer (workspace_id, contact_id, use_id, id desc);
