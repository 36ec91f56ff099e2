import secrets
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from diebian.kernel import clock

BAD = (1, 2)
# Tables are altered in the transaction in which their rows are moved.
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


def invite(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was rated before was the case as a whole; a bad rating nobody saw to is seen to now."""
    del schema_editor
    rating, invitation, order, event = (
        apps.get_model("services", name)
        for name in ("Rating", "Invitation", "RatingOrder", "OrderEvent")
    )
    now = clock.now()
    for one in rating.objects.select_related("case__item"):
        decided = one.case.events.filter(kind="decided").order_by("-at").first()
        one.invitation = invitation.objects.create(
            case=one.case,
            service="case",
            department_id=one.case.item.department_id,
            served_by=decided.actor if decided else "",
            code=secrets.token_hex(6).upper(),
            invited_at=one.at,
            reminded_at=one.at,
        )
        one.showing = "waiting" if one.words else "none"
        one.save(update_fields=["invitation", "showing"])
        if one.grade in BAD:
            made = order.objects.create(rating=one, opened_at=now, since=now)
            event.objects.create(order=made, what="opened", at=now, by_name="平台")


def uninvite(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Visits had no rating of their own; what was done about bad ones had no place."""
    del schema_editor
    rating, order, event = (
        apps.get_model("services", name) for name in ("Rating", "RatingOrder", "OrderEvent")
    )
    event.objects.all().delete()
    order.objects.all().delete()
    rating.objects.filter(invitation__service="visit").delete()
    for one in rating.objects.select_related("invitation"):
        one.case_id = one.invitation.case_id
        one.save(update_fields=["case"])


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
        ("services", "0010_outlooks_of_open_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatingTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(unique=True)),
                ("days", models.JSONField(default=dict)),
                ("tags", models.JSONField(default=dict)),
                ("mark", models.CharField(default="SAMPLE", max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[("case", "办件全程"), ("visit", "窗口服务")],
                        default="case",
                        max_length=10,
                    ),
                ),
                ("served_by", models.CharField(blank=True, max_length=100)),
                ("code", models.CharField(max_length=12, unique=True)),
                ("invited_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="services.case",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.department",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.ratingterms",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="rating",
            name="invitation",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rating",
                to="services.invitation",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="is_by_code",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="rating",
            name="second_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rating",
            name="second_grade",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (5, "非常满意"),
                    (4, "满意"),
                    (3, "基本满意"),
                    (2, "不满意"),
                    (1, "非常不满意"),
                ],
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="second_words",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="rating",
            name="showing",
            field=models.CharField(
                choices=[
                    ("none", "没有写话"),
                    ("waiting", "等审看"),
                    ("shown", "已公开"),
                    ("withheld", "不公开"),
                ],
                default="none",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="void_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="rating",
            name="grade",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (5, "非常满意"),
                    (4, "满意"),
                    (3, "基本满意"),
                    (2, "不满意"),
                    (1, "非常不满意"),
                ]
            ),
        ),
        migrations.CreateModel(
            name="RatingOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待回访"),
                            ("called", "整改中"),
                            ("answered", "已答复，等再评价"),
                            ("contested", "部门申诉，待决定"),
                            ("again", "再次差评，待主管部门决定"),
                            ("closed", "已办结"),
                            ("void", "评价不计入"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("handler", models.CharField(blank=True, max_length=64)),
                ("handler_name", models.CharField(blank=True, max_length=100)),
                ("opened_at", models.DateTimeField()),
                ("since", models.DateTimeField(verbose_name="这一步从何时起")),
                (
                    "reminded",
                    models.CharField(blank=True, max_length=10, verbose_name="已提醒到哪一级"),
                ),
                (
                    "responsibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("staff", "工作人员服务"),
                            ("process", "流程或时限"),
                            ("papers", "要的材料"),
                            ("system", "系统或设备"),
                            ("rules", "政策规定"),
                            ("none", "查无责任"),
                        ],
                        max_length=10,
                    ),
                ),
                ("fix", models.CharField(blank=True, max_length=500, verbose_name="整改了什么")),
                (
                    "answer",
                    models.CharField(blank=True, max_length=500, verbose_name="给评价人的答复"),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "rating",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order",
                        to="services.rating",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("opened", "转为工单"),
                            ("assigned", "交办"),
                            ("revealed", "取得联系方式，准备回访"),
                            ("called", "回访"),
                            ("missed", "没有联系上"),
                            ("answered", "整改并答复"),
                            ("contested", "申诉：误评或恶意"),
                            ("voided", "申诉成立，评价不计入"),
                            ("upheld", "申诉不成立，继续办理"),
                            ("rated_again", "再次评价"),
                            ("sent_back", "退回重办"),
                            ("closed", "办结"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=100)),
                ("text", models.CharField(blank=True, max_length=500)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="services.ratingorder",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AlterField(
            model_name="rating",
            name="case",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rating",
                to="services.case",
            ),
        ),
        migrations.RunSQL(AT_ONCE, migrations.RunSQL.noop),
        migrations.RunPython(invite, uninvite),
        migrations.RunSQL(migrations.RunSQL.noop, AT_ONCE),
        migrations.RemoveField(
            model_name="rating",
            name="case",
        ),
        migrations.AlterField(
            model_name="rating",
            name="invitation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rating",
                to="services.invitation",
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(fields=["at"], name="rating_at"),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(
                condition=models.Q(("showing", "waiting")),
                fields=["at"],
                name="rating_words_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second_at__isnull", True), ("second_grade__isnull", True)),
                    models.Q(("second_at__isnull", False), ("second_grade__isnull", False)),
                    _connector="OR",
                ),
                name="rating_second_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="ratingorder",
            index=models.Index(fields=["state", "since"], name="rating_order_state"),
        ),
        migrations.AddConstraint(
            model_name="ratingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at", None),
                    models.Q(
                        models.Q(("fix", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("responsibility", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rating_order_answered_says_what",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("reminded_at", None)),
                fields=["invited_at"],
                name="invitation_unreminded",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("case", "service"), name="invitation_once_per_service"
            ),
        ),
    ]
