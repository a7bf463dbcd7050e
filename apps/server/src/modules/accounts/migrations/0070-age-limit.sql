-- Of an age nothing is kept but that it was enough, which limit was asked about, and when.
alter table auth.sign_up add column age_limit int check (age_limit in (13, 16, 18));
alter table auth."user" add column age_limit int check (age_limit in (13, 16, 18));
