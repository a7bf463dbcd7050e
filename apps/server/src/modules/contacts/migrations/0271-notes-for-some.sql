-- Who sees a note, and who is mentioned in it.

alter table note add column audience text not null default 'everybody' check (audience in ('everybody', 'leads', 'author'));

create table note_mention (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  note_id uuid not null,
  member_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, note_id, member_id),
  foreign key (workspace_id, note_id) references note (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('note_mention');
create index note_mention_of_member on note_mention (workspace_id, member_id);
