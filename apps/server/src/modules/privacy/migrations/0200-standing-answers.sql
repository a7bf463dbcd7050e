-- Whom the business may reach with an offer, as it stands: for choosing by in filters and segments. The gate decides anew at every sending and reads nothing of this. One row a contact that
-- was looked at. What could make an answer stricter takes the row away in its own transaction, so that nobody who said stop is ever counted; soon after she is looked at again.

create table standing_answer (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null, -- the contact's
  email boolean not null,
  sms boolean not null,
  call boolean not null,
  looked_at timestamptz(3) not null,
  holds_until timestamptz(3) not null, -- by then a consent or a relationship may have run out
  primary key (workspace_id, id),
  foreign key (workspace_id, id) references contact (workspace_id, id) on delete cascade
);
call platform.guard_workspace_table('standing_answer');
create index standing_answer_email on standing_answer (workspace_id, id) where email;
create index standing_answer_sms on standing_answer (workspace_id, id) where sms;
create index standing_answer_call on standing_answer (workspace_id, id) where call;

-- Takes the answers away of those whom these rows are about, of whom they were merged into, and of whoever shares an address or number with them.
create function platform.forget_standing_answers() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from standing_answer s using changed c where s.workspace_id = c.workspace_id and s.id = c.contact_id;
  delete from standing_answer s using changed c join contact m on m.workspace_id = c.workspace_id and m.id = c.contact_id
    where m.merged_into is not null and s.workspace_id = m.workspace_id and s.id = m.merged_into;
  return null;
end $$;

create function platform.forget_standing_answers_of_address() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from standing_answer s using changed c
    join contact_point own on own.workspace_id = c.workspace_id and own.contact_id = c.contact_id and own.kind = c.kind
    join contact_point alike on alike.workspace_id = own.workspace_id and alike.kind = own.kind and alike.value_normalized = own.value_normalized
    where s.workspace_id = alike.workspace_id and s.id = alike.contact_id;
  return null;
end $$;

-- That she was heard of on a number makes nothing stricter, and happens often.
create function platform.forget_standing_answers_of_moved() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from standing_answer s using changed c join was w on w.workspace_id = c.workspace_id and w.id = c.id
    where (c.value_normalized, c.contact_id, c.preferred, c.bounce_kind) is distinct from (w.value_normalized, w.contact_id, w.preferred, w.bounce_kind)
      and s.workspace_id = c.workspace_id and s.id in (c.contact_id, w.contact_id);
  return null;
end $$;

do $$
declare
  about text;
  act text;
begin
  foreach about in array array['consent', 'preference', 'suppression', 'restriction', 'under_age', 'known_fact'] loop
    foreach act in array array['insert', 'update', 'delete'] loop
      execute format('create trigger forget_standing_answers_on_%s after %s on %I referencing %s table as changed for each statement execute function platform.forget_standing_answers()',
        act, act, about, case act when 'delete' then 'old' else 'new' end);
    end loop;
  end loop;
end $$;
-- A visit or an inquiry only loosens; to take it back does not.
create trigger forget_standing_answers_on_delete after delete on dealing referencing old table as changed
  for each statement execute function platform.forget_standing_answers();
create trigger forget_standing_answers_on_insert after insert on contact_point referencing new table as changed
  for each statement execute function platform.forget_standing_answers();
create trigger forget_standing_answers_on_delete after delete on contact_point referencing old table as changed
  for each statement execute function platform.forget_standing_answers();
create trigger forget_standing_answers_on_update after update on contact_point referencing old table as was new table as changed
  for each statement execute function platform.forget_standing_answers_of_moved();
create trigger forget_standing_answers_of_address after insert on suppression referencing new table as changed
  for each statement execute function platform.forget_standing_answers_of_address();
