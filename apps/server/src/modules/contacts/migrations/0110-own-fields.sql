-- The business's own fields of contacts. Values stand together on the contact, where they are read; those that lists are narrowed by stand once more in one row a contact,
-- in typed columns with indexes that row-level security does not hide (measured: README.md). What changed, and from where, is a row for each field.

create table contact_field (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,59}$'),
  label text not null check (char_length(label) between 1 and 60),
  type text not null check (type in ('text', 'number', 'money', 'date', 'choice', 'choices', 'person', 'link', 'yes_no')),
  category text not null check (category in ('contact_details', 'identifier', 'preference', 'appointment', 'behaviour', 'location', 'financial', 'free_text')),
  group_label text,
  position int not null,
  required boolean not null,
  filter text not null check (filter in ('off', 'building', 'ready')),
  choices jsonb not null, -- [{key, label, hue, archived}] in their order
  slot text, -- its column in contact_field_index, while lists are narrowed by it
  currency text check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, key),
  unique (workspace_id, slot),
  check ((filter = 'off' or type = 'choices') = (slot is null)),
  check ((currency is not null) = (type = 'money'))
);
call platform.guard_workspace_table('contact_field');

alter table contact add column own_values jsonb not null default '{}'; -- by the keys of contact_field

-- What lists are narrowed by, a row for each contact that has any of it. Which column holds a field stands in contact_field.slot. Text is folded; a choice is its key, a member
-- an id, yes and no are words. Columns that nobody uses cost nothing, their indexes are empty.
create table contact_field_index (
  workspace_id uuid not null,
  id uuid not null, -- the contact's
  text_1 text collate "C",
  text_2 text collate "C",
  text_3 text collate "C",
  text_4 text collate "C",
  text_5 text collate "C",
  text_6 text collate "C",
  text_7 text collate "C",
  text_8 text collate "C",
  text_9 text collate "C",
  text_10 text collate "C",
  text_11 text collate "C",
  text_12 text collate "C",
  number_1 double precision,
  number_2 double precision,
  number_3 double precision,
  number_4 double precision,
  number_5 double precision,
  number_6 double precision,
  number_7 double precision,
  number_8 double precision,
  money_1 bigint,
  money_2 bigint,
  money_3 bigint,
  money_4 bigint,
  date_1 date,
  date_2 date,
  date_3 date,
  date_4 date,
  date_5 date,
  date_6 date,
  primary key (workspace_id, id),
  foreign key (workspace_id, id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('contact_field_index');
create index contact_field_index_text_1 on contact_field_index (workspace_id, text_1, id) where text_1 is not null;
create index contact_field_index_text_2 on contact_field_index (workspace_id, text_2, id) where text_2 is not null;
create index contact_field_index_text_3 on contact_field_index (workspace_id, text_3, id) where text_3 is not null;
create index contact_field_index_text_4 on contact_field_index (workspace_id, text_4, id) where text_4 is not null;
create index contact_field_index_text_5 on contact_field_index (workspace_id, text_5, id) where text_5 is not null;
create index contact_field_index_text_6 on contact_field_index (workspace_id, text_6, id) where text_6 is not null;
create index contact_field_index_text_7 on contact_field_index (workspace_id, text_7, id) where text_7 is not null;
create index contact_field_index_text_8 on contact_field_index (workspace_id, text_8, id) where text_8 is not null;
create index contact_field_index_text_9 on contact_field_index (workspace_id, text_9, id) where text_9 is not null;
create index contact_field_index_text_10 on contact_field_index (workspace_id, text_10, id) where text_10 is not null;
create index contact_field_index_text_11 on contact_field_index (workspace_id, text_11, id) where text_11 is not null;
create index contact_field_index_text_12 on contact_field_index (workspace_id, text_12, id) where text_12 is not null;
create index contact_field_index_number_1 on contact_field_index (workspace_id, number_1, id) where number_1 is not null;
create index contact_field_index_number_2 on contact_field_index (workspace_id, number_2, id) where number_2 is not null;
create index contact_field_index_number_3 on contact_field_index (workspace_id, number_3, id) where number_3 is not null;
create index contact_field_index_number_4 on contact_field_index (workspace_id, number_4, id) where number_4 is not null;
create index contact_field_index_number_5 on contact_field_index (workspace_id, number_5, id) where number_5 is not null;
create index contact_field_index_number_6 on contact_field_index (workspace_id, number_6, id) where number_6 is not null;
create index contact_field_index_number_7 on contact_field_index (workspace_id, number_7, id) where number_7 is not null;
create index contact_field_index_number_8 on contact_field_index (workspace_id, number_8, id) where number_8 is not null;
create index contact_field_index_money_1 on contact_field_index (workspace_id, money_1, id) where money_1 is not null;
create index contact_field_index_money_2 on contact_field_index (workspace_id, money_2, id) where money_2 is not null;
create index contact_field_index_money_3 on contact_field_index (workspace_id, money_3, id) where money_3 is not null;
create index contact_field_index_money_4 on contact_field_index (workspace_id, money_4, id) where money_4 is not null;
create index contact_field_index_date_1 on contact_field_index (workspace_id, date_1, id) where date_1 is not null;
create index contact_field_index_date_2 on contact_field_index (workspace_id, date_2, id) where date_2 is not null;
create index contact_field_index_date_3 on contact_field_index (workspace_id, date_3, id) where date_3 is not null;
create index contact_field_index_date_4 on contact_field_index (workspace_id, date_4, id) where date_4 is not null;
create index contact_field_index_date_5 on contact_field_index (workspace_id, date_5, id) where date_5 is not null;
create index contact_field_index_date_6 on contact_field_index (workspace_id, date_6, id) where date_6 is not null;

-- Of a field with several choices, a row for each one that a contact has.
create table contact_field_choice (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  field_id uuid not null,
  choice text collate "C" not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id, field_id, choice),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, field_id) references contact_field (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('contact_field_choice');
create index contact_field_choice_by_choice on contact_field_choice (workspace_id, field_id, choice, contact_id);

-- What changed on a contact, field by field. `version` is the contact's after the change: so an edit that began earlier knows what it would overwrite.
create table contact_change (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  version bigint not null,
  field text not null, -- name, company, points …, or own. and the key of an own field
  before jsonb,
  after jsonb,
  at timestamptz(3) not null,
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'contact_link', 'visitor', 'operator', 'system')),
  actor_id text,
  source text not null check (source in ('screen', 'api', 'own_page', 'import', 'system')),
  restored boolean not null,
  forgotten boolean not null, -- she had it corrected: the values are not kept
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  check (not forgotten or (before is null and after is null))
);
call platform.guard_workspace_table('contact_change');
create index contact_change_of_field on contact_change (workspace_id, contact_id, field, id desc);
create index contact_change_of_contact on contact_change (workspace_id, contact_id, id desc);
create index contact_change_of_version on contact_change (workspace_id, contact_id, version);
