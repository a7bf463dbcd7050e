-- A member names the parent or guardian of somebody who is a child: until she agrees, the child's data are kept apart.
alter table guardian_consent add column child_id uuid; -- null where a child named her on the age screen: of that child nothing is kept
alter table guardian_consent
  add foreign key (workspace_id, child_id) references contact (workspace_id, id) on delete set null (child_id);
create index guardian_consent_for on guardian_consent (workspace_id, child_id) where child_id is not null;

-- Whoever is brought in a file is screened as everybody who is new.
alter table contact_import drop constraint contact_import_refusal_check;
alter table contact_import add constraint contact_import_refusal_check
  check (refusal in ('not_an_export', 'other_version', 'erased_before', 'already_here', 'not_served', 'damaged'));
