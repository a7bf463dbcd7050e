-- Whose program uses a key, where it is not the business's own: a recipient of the register, by its name at that time, and what for.
alter table api_key
  add column recipient_id uuid,
  add column recipient_name text,
  add column recipient_purpose text check (recipient_purpose in ('service', 'advice', 'accounting')),
  add constraint api_key_recipient check (num_nonnulls(recipient_id, recipient_name, recipient_purpose) in (0, 3));
