-- What a decided objection ends for good (GDPR Art. 21), the use that stays off; and data that others may advertise with, which is asked for.

alter table restriction drop constraint restriction_ground_check;
alter table restriction add constraint restriction_ground_check
  check (ground in ('accuracy_contested', 'unlawful', 'needed_for_claims', 'objection_pending', 'objection_upheld'));

alter table request_work drop constraint request_work_kind_check;
alter table request_work add constraint request_work_kind_check
  check (kind in ('copy', 'erasure', 'rectification', 'restriction', 'restriction_lifted', 'objection_upheld', 'opt_out', 'review', 'hand_over'));

alter table disclosure drop constraint disclosure_purpose_check;
alter table disclosure add constraint disclosure_purpose_check
  check (purpose in ('access_right', 'portability', 'legal_duty', 'legal_claim', 'safety', 'accounting', 'advice', 'service', 'business_transfer', 'their_offers'));
alter table disclosure add constraint disclosure_offers_name_one check (purpose <> 'their_offers' or people = 1);

create table use_objection (
  workspace_id uuid not null references workspace (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  ended_use text not null check (ended_use in ('statistics', 'profiles', 'sharing', 'new_uses')),
  request_id uuid,
  decided_by text not null,
  since timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id, ended_use),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade,
  foreign key (workspace_id, request_id) references request (workspace_id, id) on delete set null (request_id)
);
call platform.guard_workspace_table('use_objection');
