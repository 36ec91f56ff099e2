import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels

from ._triggers import ALLOW, KEEP


class Migration(migrations.Migration):
    replaces = [
        ("exchange", "0001_initial"),
        ("exchange", "0002_journal"),
        ("exchange", "0003_supplement_and_standing"),
        ("exchange", "0004_terms_and_ends"),
        ("exchange", "0005_verification"),
        ("exchange", "0006_call_route_at"),
        ("exchange", "0007_upstreams"),
        ("exchange", "0008_seasons"),
        ("exchange", "0009_contract_faults"),
        ("exchange", "0010_modes"),
        ("exchange", "0011_compare_and_live_cases"),
        ("exchange", "0012_ruling"),
        ("exchange", "0013_one_key_of_a_call"),
        ("exchange", "0014_sharing_of_columns"),
        ("exchange", "0015_look_alarms"),
        ("exchange", "0016_season_shares"),
        ("exchange", "0017_counted_calls"),
        ("exchange", "0018_ladders"),
        ("exchange", "0019_upstream_address"),
        ("exchange", "0020_base_as_a_mode"),
        ("exchange", "0021_volume"),
        ("exchange", "0022_refused_calls"),
        ("exchange", "0023_upstream_addresses"),
    ]

    initial = True

    dependencies = [
        ("catalogue", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Upstream",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("system", models.SlugField(max_length=40, unique=True)),
                    ("title", models.CharField(max_length=100)),
                    (
                        "level",
                        models.CharField(
                            choices=[("national", "国家级"), ("province", "省级")], max_length=20
                        ),
                    ),
                    ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                    ("key_id", models.CharField(max_length=60, verbose_name="密钥编号")),
                    ("held_as", models.CharField(max_length=80)),
                    ("key_since", models.DateTimeField(verbose_name="这把密钥自")),
                    (
                        "opens_after",
                        models.PositiveSmallIntegerField(
                            default=5, verbose_name="连续失败几次就停止转发"
                        ),
                    ),
                    (
                        "rests_seconds",
                        models.PositiveSmallIntegerField(default=30, verbose_name="停多久再试探"),
                    ),
                    (
                        "circuit",
                        models.CharField(
                            choices=[
                                ("closed", "正常转发"),
                                ("open", "已停止转发"),
                                ("half_open", "正在试探"),
                            ],
                            default="closed",
                            max_length=10,
                        ),
                    ),
                    ("circuit_since", models.DateTimeField(null=True)),
                    ("circuit_reason", models.CharField(blank=True, max_length=200)),
                ],
            ),
            migrations.CreateModel(
                name="UpstreamDay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "upstream",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="days",
                            to="exchange.upstream",
                        ),
                    ),
                    ("interface", models.CharField(max_length=200)),
                    ("day", models.DateField()),
                    ("used", models.PositiveIntegerField(default=0)),
                    ("told_out", models.BooleanField(default=False)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("upstream", "interface", "day"), name="upstream_day_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UpstreamAddress",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "upstream",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="addresses",
                            to="exchange.upstream",
                        ),
                    ),
                    ("address", models.CharField(blank=True, max_length=200)),
                    ("key_id", models.CharField(max_length=60)),
                    ("since", models.DateTimeField()),
                    ("by", models.CharField(max_length=100)),
                    ("reason", models.CharField(max_length=300)),
                ],
            ),
            migrations.CreateModel(
                name="LookAlarm",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("resource", models.CharField(max_length=80)),
                    ("system", models.CharField(max_length=64)),
                    ("raised_at", models.DateTimeField()),
                    ("last_at", models.DateTimeField()),
                    ("nobody", models.PositiveIntegerField()),
                    ("persons", models.PositiveIntegerField()),
                    ("says", models.CharField(max_length=200)),
                    ("has_suspended", models.BooleanField(default=False)),
                    ("looked_at", models.DateTimeField(null=True)),
                    ("looked_by", models.CharField(blank=True, max_length=100)),
                    (
                        "finding",
                        models.CharField(blank=True, max_length=300, verbose_name="核实的结果"),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("looked_at", None)),
                            fields=("resource", "system"),
                            name="look_alarm_open_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("looked_at", None),
                                models.Q(("finding", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="look_alarm_over_has_finding",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ShareRequest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "resource",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="catalogue.resource",
                        ),
                    ),
                    (
                        "consumer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("purpose", models.CharField(max_length=200)),
                    ("legal_basis", models.CharField(max_length=300)),
                    ("scene", models.CharField(max_length=200)),
                    ("columns", models.JSONField()),
                    (
                        "tier",
                        models.CharField(
                            choices=[("trial", "试用"), ("standard", "常规"), ("bulk", "批量")],
                            max_length=20,
                        ),
                    ),
                    ("valid_to", models.DateField()),
                    (
                        "mode",
                        models.CharField(
                            choices=[
                                ("rows", "接口取数据"),
                                ("verify", "接口只核验对不对"),
                                ("table", "库表送到本单位的库"),
                                ("file", "文件由本单位下载"),
                                ("compare", "批量比对"),
                                ("base", "合进基础库"),
                            ],
                            default="rows",
                            max_length=10,
                        ),
                    ),
                    (
                        "daily_limit",
                        models.PositiveIntegerField(null=True, verbose_name="每天最多次数"),
                    ),
                    (
                        "volume",
                        models.PositiveBigIntegerField(null=True, verbose_name="最多给多少"),
                    ),
                    (
                        "volume_per",
                        models.CharField(
                            blank=True,
                            choices=[("day", "每天"), ("month", "每月"), ("term", "授权期内一共")],
                            max_length=5,
                        ),
                    ),
                    ("masked", models.JSONField(default=list, verbose_name="脱敏后给的信息项")),
                    (
                        "region",
                        models.CharField(
                            blank=True, max_length=12, verbose_name="只给这个行政区划的"
                        ),
                    ),
                    (
                        "sharing",
                        models.CharField(
                            choices=[
                                ("unconditional", "无条件共享"),
                                ("conditional", "有条件共享"),
                                ("never", "不予共享"),
                            ],
                            max_length=20,
                            verbose_name="按哪一种答复",
                        ),
                    ),
                    (
                        "renews",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="renewals",
                            to="exchange.sharerequest",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("office_review", "待本单位审核"),
                                ("declined", "本单位未同意"),
                                ("submitted", "待提供部门答复"),
                                ("supplementing", "待申请部门补充"),
                                ("agreed", "已同意，待开通"),
                                ("refused", "未同意"),
                                ("active", "已开通"),
                                ("closing", "已停用，待处置数据"),
                                ("closed", "已办结"),
                            ],
                            default="office_review",
                            max_length=20,
                        ),
                    ),
                    ("requested_by", models.CharField(max_length=64)),
                    (
                        "reason",
                        models.CharField(blank=True, max_length=300, verbose_name="未同意的理由"),
                    ),
                    ("requested_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(null=True, verbose_name="提供部门收到")),
                    ("agreed_at", models.DateTimeField(null=True)),
                    (
                        "supplement_wanted",
                        models.CharField(blank=True, max_length=300, verbose_name="请补充"),
                    ),
                    (
                        "supplement_answer",
                        models.CharField(blank=True, max_length=500, verbose_name="补充"),
                    ),
                    (
                        "extension_days",
                        models.PositiveSmallIntegerField(
                            null=True, verbose_name="要求延长的工作日"
                        ),
                    ),
                    (
                        "extension_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="要求延长的理由"),
                    ),
                    (
                        "extension",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("asked", "待主管部门同意"),
                                ("given", "已同意延长"),
                                ("denied", "未同意延长"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("extension_at", models.DateTimeField(null=True, verbose_name="要求延长")),
                    (
                        "disposal",
                        models.CharField(blank=True, max_length=300, verbose_name="数据怎样处置了"),
                    ),
                    (
                        "ruling",
                        models.CharField(blank=True, max_length=1000, verbose_name="按裁定同意"),
                    ),
                    ("closing_at", models.DateTimeField(null=True, verbose_name="停用")),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["refused", "declined"]), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="request_refused_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("extension_days", None),
                                models.Q(
                                    ("extension_days__gte", 1),
                                    ("extension_days__lte", 10),
                                    models.Q(("extension_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="request_extension_up_to_ten_days",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("volume", None), ("volume_per", "")),
                                models.Q(
                                    ("volume__gte", 1), models.Q(("volume_per", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="request_volume_of_a_period",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    ["office_review", "submitted", "supplementing", "agreed"],
                                )
                            ),
                            fields=("resource", "consumer", "purpose"),
                            name="request_open_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Grant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "request",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grant",
                            to="exchange.sharerequest",
                        ),
                    ),
                    ("system", models.CharField(max_length=64)),
                    ("granted_at", models.DateTimeField()),
                    ("revoked_at", models.DateTimeField(null=True)),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("active", "生效"),
                                ("suspended", "暂停"),
                                ("ended", "已到期"),
                                ("renewed", "已续期"),
                                ("revoked", "已撤销"),
                            ],
                            default="active",
                            max_length=20,
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="暂停或撤销的理由"
                        ),
                    ),
                    (
                        "rectified",
                        models.CharField(blank=True, max_length=300, verbose_name="怎样整改的"),
                    ),
                    ("step_at", models.DateTimeField(null=True, verbose_name="整改或核实从何时起")),
                    (
                        "withheld",
                        models.JSONField(default=list, verbose_name="已告知不再给的信息项"),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("revoked_at__isnull", True), ("standing", "active")),
                                models.Q(
                                    models.Q(("standing", "active"), _negated=True),
                                    ("revoked_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="grant_serves_while_active",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="GrantDay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "grant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="days",
                            to="exchange.grant",
                        ),
                    ),
                    ("day", models.DateField()),
                    ("used", models.PositiveIntegerField(default=0)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("grant", "day"), name="grant_day_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="VerifyDay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "grant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.grant",
                        ),
                    ),
                    ("subject", models.CharField(max_length=64)),
                    ("day", models.DateField()),
                    ("used", models.PositiveIntegerField(default=0)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("grant", "subject", "day"), name="verify_day_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="JournalLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("instance", models.CharField(max_length=60)),
                    ("request_id", models.CharField(max_length=64)),
                    ("at", models.DateTimeField()),
                    ("route", models.CharField(max_length=80)),
                    ("system", models.CharField(max_length=64)),
                    ("status", models.PositiveSmallIntegerField()),
                    ("milliseconds", models.PositiveIntegerField()),
                    ("code", models.CharField(blank=True, db_default="", max_length=60)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["instance", "request_id"], name="journal_of_call")
                    ],
                },
            ),
            migrations.CreateModel(
                name="RefusedCall",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("request_id", models.CharField(max_length=64)),
                    ("book", models.CharField(max_length=10)),
                    ("at", models.DateTimeField()),
                    ("purpose", models.CharField(blank=True, max_length=200)),
                    ("reader", models.CharField(blank=True, max_length=100)),
                    ("case_no", models.CharField(blank=True, max_length=40)),
                    ("subject", models.CharField(blank=True, max_length=64)),
                    ("columns", models.TextField(blank=True)),
                    ("detail", models.CharField(blank=True, max_length=300)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("request_id", "book"), name="refused_call_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LiveCase",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("system", models.CharField(max_length=64)),
                    ("case_no", models.CharField(max_length=40)),
                    ("subject", models.CharField(max_length=64)),
                    ("opened_at", models.DateTimeField()),
                    ("closed_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("system", "case_no", "subject"), name="live_case_person_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ContractFault",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("resource", models.CharField(max_length=80)),
                    ("day", models.DateField()),
                    ("column", models.CharField(blank=True, max_length=60)),
                    ("says", models.CharField(max_length=100)),
                    ("times", models.PositiveIntegerField(default=0)),
                    ("last_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("resource", "day", "column", "says"), name="contract_fault_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Call",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("instance", models.CharField(max_length=60)),
                    ("inode", models.BigIntegerField()),
                    ("offset", models.BigIntegerField()),
                    ("at", models.DateTimeField(db_index=True)),
                    ("request_id", models.CharField(max_length=64)),
                    ("route", models.CharField(blank=True, max_length=80)),
                    ("system", models.CharField(blank=True, max_length=64)),
                    ("status", models.PositiveSmallIntegerField()),
                    ("flags", models.CharField(blank=True, max_length=40)),
                    ("milliseconds", models.PositiveIntegerField(default=0)),
                    ("code", models.CharField(blank=True, db_default="", max_length=60)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["request_id"], name="call_request_id"),
                        models.Index(fields=["route", "at"], name="call_route_at"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("instance", "inode", "offset"), name="call_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MeterPosition",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("instance", models.CharField(max_length=60)),
                    ("inode", models.BigIntegerField()),
                    ("offset", models.BigIntegerField(default=0)),
                    ("unreadable", models.BigIntegerField(default=0)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("instance", "inode"), name="meter_position_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CallHour",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
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
                    ],
                },
            ),
            migrations.CreateModel(
                name="CallTime",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
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
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reminder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "request",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reminders",
                            to="exchange.sharerequest",
                        ),
                    ),
                    ("step", models.CharField(max_length=20)),
                    ("on", models.DateField(verbose_name="最后一天")),
                    ("rung", models.CharField(max_length=10, verbose_name="提醒到哪一级")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("request", "step", "on"), name="reminder_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Season",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "resource",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="catalogue.resource",
                        ),
                    ),
                    ("title", models.CharField(max_length=100)),
                    ("starts_at", models.DateTimeField()),
                    ("ends_at", models.DateTimeField()),
                    ("each_second", models.PositiveIntegerField(verbose_name="系统每秒答几次")),
                    ("waiting_most", models.PositiveIntegerField(verbose_name="最多多少人排队")),
                    (
                        "kept_minutes",
                        models.PositiveIntegerField(
                            default=0, verbose_name="同一个人的答复留用几分钟"
                        ),
                    ),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="提前结束")),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                            name="season_ends_after_it_starts",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("each_second__gt", 0), ("waiting_most__gt", 0)),
                            name="season_line_moves",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("resource",),
                            name="season_one_open",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SeasonPulse",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "season",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pulses",
                            to="exchange.season",
                        ),
                    ),
                    ("broker", models.CharField(max_length=60)),
                    ("system", models.CharField(blank=True, default="", max_length=64)),
                    ("at", models.DateTimeField()),
                    ("line_until", models.DateTimeField(verbose_name="队排到什么时候")),
                    (
                        "waiting",
                        models.PositiveIntegerField(default=0, verbose_name="它有多少人在排"),
                    ),
                    (
                        "share",
                        models.PositiveIntegerField(default=0, verbose_name="它最多可以排多少人"),
                    ),
                    ("admitted", models.PositiveBigIntegerField(default=0)),
                    ("kept", models.PositiveBigIntegerField(default=0)),
                    ("told_to_wait", models.PositiveBigIntegerField(default=0)),
                    ("turned_away", models.PositiveBigIntegerField(default=0)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("season", "broker", "system"), name="season_pulse_once"
                        )
                    ],
                },
            ),
        ),
        migrations.RunSQL(KEEP, ALLOW),
    ]
