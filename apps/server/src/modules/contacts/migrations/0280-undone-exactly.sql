-- What an act on many did to one of them, exactly: the row of the tag or the list that it made or took, so that taking it back finds this one and no other that somebody made since.

alter table bulk_change_row
  add column row_id uuid, -- of contact_tag or list_member; null for acts from before
  add column row_made_at timestamptz(3), -- when the row that was taken off had been made
  add column taken_back_at timestamptz(3);

-- What a list or an act on many did is about the card it did it to, also while that card is part of another one: it is taken back there, and from whoever has it from there.
do $$
declare
  of record;
begin
  for of in
    select t.tgrelid::regclass as relation, t.tgname as name from pg_trigger t
    where t.tgrelid in ('import_row'::regclass, 'bulk_change_row'::regclass) and t.tgname = 'follow_merge_contact_id'
  loop
    execute format('drop trigger %I on %s', of.name, of.relation);
  end loop;
end $$;
drop function if exists platform.follow_import_row_contact_id();
drop function if exists platform.follow_bulk_change_row_contact_id();

create or replace procedure platform.after_migrations_follow_merges()
  language plpgsql as $$
declare
  target regclass;
begin
  for target in
    select distinct k.conrelid::regclass from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.confrelid = 'public.contact'::regclass and k.conparentid = 0
      and has_table_privilege('frontdesk_app', k.conrelid, 'update')
      and c.relname not in ('contact', 'contact_change', 'contact_field_index', 'contact_field_choice', 'duplicate_key', 'duplicate_pair', 'contact_merge',
        'import_row', 'bulk_change_row')
      and not exists (select from pg_trigger g where g.tgrelid = k.conrelid and g.tgname like 'follow_merge_%')
  loop
    call platform.follow_merges(target);
  end loop;
end $$;

-- Those that merges before gave away are the card's again.
alter table import_row no force row level security;
alter table bulk_change_row no force row level security;
alter table contact_merge_row no force row level security;
update import_row r set contact_id = first.from_id
  from (select distinct on (workspace_id, row_id) workspace_id, row_id, from_id from contact_merge_row where place = 'import_row.contact_id' order by workspace_id, row_id, merge_id) first
  where r.workspace_id = first.workspace_id and r.id = first.row_id and r.contact_id is not null;
update bulk_change_row r set contact_id = first.from_id
  from (select distinct on (workspace_id, row_id) workspace_id, row_id, from_id from contact_merge_row where place = 'bulk_change_row.contact_id' order by workspace_id, row_id, merge_id) first
  where r.workspace_id = first.workspace_id and r.id = first.row_id;
delete from contact_merge_row where place in ('import_row.contact_id', 'bulk_change_row.contact_id');
alter table import_row force row level security;
alter table bulk_change_row force row level security;
alter table contact_merge_row force row level security;
