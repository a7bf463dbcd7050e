-- What a mail to a member is about, so that her settings and the state of her account can be asked again before it leaves. Null: somebody outside, who was invited.
alter table mail
  add column news text check (news in ('bookings_mine', 'bookings_all', 'unreached', 'requests_new', 'requests_due', 'requests_overdue', 'incidents')),
  add check (news is null or audience = 'member');
