-- What people are to each other: mother and child, colleagues, who referred whom. Said once, from one to the other, and shown on both pages.
create table contact_relation (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  version bigint not null check (version > 0),
  contact_id uuid not null,
  other_id uuid not null, -- the same as contact_id only where the two were merged into one, until the merge is undone
  kind text not null check (kind in ('parent', 'guardian', 'partner', 'sibling', 'relative', 'household', 'friend', 'colleague', 'manager', 'referrer', 'own')),
  words text check (length(words) between 1 and 60), -- own words, said of the first
  words_back text check (length(words_back) between 1 and 60), -- and said of the other
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, other_id) references contact (workspace_id, id) on delete cascade,
  check (kind <> 'own' or coalesce(words, words_back) is not null)
);
call platform.guard_workspace_table('contact_relation');
create index contact_relation_from on contact_relation (workspace_id, contact_id, id);
create index contact_relation_to on contact_relation (workspace_id, other_id, id);
