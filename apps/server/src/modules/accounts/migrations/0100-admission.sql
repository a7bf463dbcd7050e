-- Agreement to a transfer abroad is an item of its own beside the documents: its sentence by edition and hash, and where the data go.
alter table auth.acceptance
  drop constraint acceptance_document_check,
  drop constraint acceptance_user_id_document_key,
  add column destination text check (destination ~ '^[A-Z]{2}$'),
  add constraint acceptance_document_check check (document in ('terms', 'privacy', 'transfer')),
  add constraint acceptance_transfer_has_destination check ((document = 'transfer') = (destination is not null)),
  add constraint acceptance_once unique nulls not distinct (user_id, document, destination);

-- Whoever joins is asked her age by the setting age.min of the workspace and by the host's, like whoever signs up; the tick of before asked nothing that could be refused.
alter table workspace drop column age_policy;
