from django.db import migrations, models

# In the order of the key: two writers that meet wait for each other and never in a circle.
COUNT = """
insert into exchange_callhour (hour, route, system, status, calls)
select date_trunc('hour', at, 'Asia/Shanghai'), route, system, status, count(*)
from {rows} group by 1, 2, 3, 4 order by 1, 2, 3, 4
on conflict (hour, route, system, status) do update set
  calls = exchange_callhour.calls + excluded.calls;
insert into exchange_calltime (day, route, system, status, milliseconds, calls, last)
select (at at time zone 'Asia/Shanghai')::date, route, system, status, milliseconds, count(*),
  max(at)
from {rows} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
on conflict (day, route, system, status, milliseconds) do update set
  calls = exchange_calltime.calls + excluded.calls,
  last = greatest(exchange_calltime.last, excluded.last);
"""
KEEP = f"""
create function exchange_count_calls() returns trigger language plpgsql as $$
begin {COUNT.format(rows="fresh")} return null; end $$;
create trigger exchange_calls_counted after insert on exchange_call
referencing new table as fresh for each statement execute function exchange_count_calls();
create function exchange_refuse_rewrite() returns trigger language plpgsql as $$
begin raise exception 'a call is never altered or taken away'; end $$;
create trigger exchange_calls_kept before delete or update of
  instance, inode, "offset", at, request_id, route, system, status, flags, milliseconds
on exchange_call
for each row execute function exchange_refuse_rewrite();
{COUNT.format(rows="exchange_call")}
"""
ALLOW = """
drop trigger exchange_calls_kept on exchange_call;
drop function exchange_refuse_rewrite();
drop trigger exchange_calls_counted on exchange_call;
drop function exchange_count_calls();
"""
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("exchange", "0016_season_shares")]

    operations = [
        migrations.CreateModel(
            name="CallHour",
            fields=[
                ("id", KEY),
                ("hour", models.DateTimeField()),
                ("route", models.CharField(blank=True, max_length=80)),
                ("system", models.CharField(blank=True, max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("calls", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hour", "route", "system", "status"), name="call_hour_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="CallTime",
            fields=[
                ("id", KEY),
                ("day", models.DateField()),
                ("route", models.CharField(blank=True, max_length=80)),
                ("system", models.CharField(blank=True, max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("milliseconds", models.PositiveIntegerField()),
                ("calls", models.PositiveBigIntegerField()),
                ("last", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "route", "system", "status", "milliseconds"),
                        name="call_time_once",
                    )
                ]
            },
        ),
        migrations.RunSQL(KEEP, ALLOW),
    ]
