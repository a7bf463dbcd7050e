-- Where the customer goes on after booking on the page.
alter table service add column after_booking_url text check (after_booking_url ~ '^https://');
