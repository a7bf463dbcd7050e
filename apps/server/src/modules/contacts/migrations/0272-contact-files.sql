-- Files on a contact's card. The bytes lie encrypted in the file store; when a file is erased, it leaves the card.
create table contact_file (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  file_id uuid not null,
  name text not null check (length(name) between 1 and 400),
  added_by_member_id uuid,
  created_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, file_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, file_id) references file (workspace_id, id) on delete cascade,
  foreign key (workspace_id, added_by_member_id) references member (workspace_id, id) on delete set null (added_by_member_id)
);
call platform.guard_workspace_table('contact_file');
create index contact_file_of_contact on contact_file (workspace_id, contact_id, id desc);
