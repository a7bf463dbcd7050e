-- Whole contacts end of old age too. Whoever confirmed before has not seen that: nothing goes until somebody looks at a preview again.

alter table retention_setting no force row level security;
update retention_setting set confirmed_at = null, confirmed_by = null, preview_id = null where confirmed_at is not null;
alter table retention_setting force row level security;
