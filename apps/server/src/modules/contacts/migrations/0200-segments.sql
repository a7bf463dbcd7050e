-- Filters that are kept, lists that people are put on by hand, and what the timeline is asked by them.

-- "Booked never", "no answer twice within a month": by what happened, then to whom. The index of a contact's page begins with her, so that it answers for one alone.
create index timeline_event_by_kind on timeline_event (workspace_id, kind, contact_id, at);

create table segment (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  name text not null check (char_length(name) between 1 and 120),
  filter jsonb not null,
  owner_member_id uuid, -- who made it; null for a program, and once she is gone
  shared boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_member_id) references member (workspace_id, id) on delete set null (owner_member_id)
);
call platform.guard_workspace_table('segment');
create index segment_by_name on segment (workspace_id, name, id) where removed_at is null;

-- The last count of a segment: of everybody, and of each representative's own contacts.
create table segment_count (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  segment_id uuid not null,
  segment_version bigint not null,
  of_member_id uuid, -- whose contacts were counted; null for everybody's
  contacts bigint not null,
  counted_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique nulls not distinct (workspace_id, segment_id, of_member_id),
  foreign key (workspace_id, segment_id) references segment (workspace_id, id) on delete cascade,
  foreign key (workspace_id, of_member_id) references member (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('segment_count');

create table list (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  name text not null check (char_length(name) between 1 and 120),
  name_folded text not null, -- lower case, without accents: one list however it is typed
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, name_folded)
);
call platform.guard_workspace_table('list');

create table list_member (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  list_id uuid not null,
  contact_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id, list_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, list_id) references list (workspace_id, id)
);
call platform.guard_workspace_table('list_member');
create index list_member_by_list on list_member (workspace_id, list_id, contact_id);

-- One act on many contacts, how far it is, and whom it changed, so that it can be taken back from exactly those.
create table bulk_change (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  act text not null check (act in ('add_tag', 'remove_tag', 'add_to_list', 'remove_from_list')),
  tag_id uuid,
  list_id uuid,
  filter jsonb, -- all of whom are meant; null where they were named
  of_member_id uuid, -- whose contacts alone are meant
  state text not null check (state in ('running', 'finished', 'undoing', 'undone')),
  after_id uuid, -- how far it has walked: where it goes on after a crash
  total bigint not null,
  done bigint not null,
  changed bigint not null,
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'operator', 'system')),
  actor_id text,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, tag_id) references tag (workspace_id, id) on delete cascade,
  foreign key (workspace_id, list_id) references list (workspace_id, id) on delete cascade,
  foreign key (workspace_id, of_member_id) references member (workspace_id, id) on delete cascade,
  check ((tag_id is null) = (list_id is not null))
);
call platform.guard_workspace_table('bulk_change');

create table bulk_change_row (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  bulk_change_id uuid not null,
  contact_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, bulk_change_id) references bulk_change (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('bulk_change_row');
create index bulk_change_row_of_change on bulk_change_row (workspace_id, bulk_change_id, id);
create index bulk_change_row_of_contact on bulk_change_row (workspace_id, contact_id);
