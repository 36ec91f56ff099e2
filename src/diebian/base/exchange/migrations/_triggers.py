"""What the database itself does for the two books of calls (ADR 21)."""

# In the order of the key: two writers that meet wait for each other and never in a circle.
COUNT = """
insert into exchange_callhour (hour, route, system, status, calls)
select date_trunc('hour', at, 'Asia/Shanghai'), route, system, status, count(*)
from fresh group by 1, 2, 3, 4 order by 1, 2, 3, 4
on conflict (hour, route, system, status) do update set
  calls = exchange_callhour.calls + excluded.calls;
insert into exchange_calltime (day, route, system, status, milliseconds, calls, last)
select (at at time zone 'Asia/Shanghai')::date, route, system, status, milliseconds, count(*),
  max(at)
from fresh group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
on conflict (day, route, system, status, milliseconds) do update set
  calls = exchange_calltime.calls + excluded.calls,
  last = greatest(exchange_calltime.last, excluded.last);
"""
KEEP = f"""
create function exchange_count_calls() returns trigger language plpgsql as $$
begin {COUNT} return null; end $$;
create trigger exchange_calls_counted after insert on exchange_call
referencing new table as fresh for each statement execute function exchange_count_calls();
create function exchange_refuse_rewrite() returns trigger language plpgsql as $$
begin raise exception 'a call is never altered or taken away'; end $$;
create trigger exchange_calls_kept before delete or update of
  instance, inode, "offset", at, request_id, route, system, status, flags, milliseconds
on exchange_call
for each row execute function exchange_refuse_rewrite();
create trigger exchange_refused_kept before delete or update on exchange_refusedcall
for each row execute function exchange_refuse_rewrite();
"""
ALLOW = """
drop trigger exchange_refused_kept on exchange_refusedcall;
drop trigger exchange_calls_kept on exchange_call;
drop function exchange_refuse_rewrite();
drop trigger exchange_calls_counted on exchange_call;
drop function exchange_count_calls();
"""
