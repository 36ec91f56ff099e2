from django.db import migrations, models

from diebian.kernel.tables import CreateModels

# A rule that only Python keeps is kept until the first person with a database shell. Another trigger
# notes each entry for the tree, whoever inserted it and by whichever program.
RULES = """
create function audit_refuse_rewrite() returns trigger language plpgsql as $$
BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
create trigger audit_append_only before update or delete on audit_auditentry
for each row execute function audit_refuse_rewrite();
create trigger audit_append_only before update or delete on audit_leaf
for each row execute function audit_refuse_rewrite();
create trigger audit_append_only before update or delete on audit_head
for each row execute function audit_refuse_rewrite();
create function audit_note_waiting() returns trigger language plpgsql as $$
BEGIN INSERT INTO audit_waiting (entry) VALUES (NEW.id); RETURN NULL; END $$;
create trigger audit_note_waiting after insert on audit_auditentry
for each row execute function audit_note_waiting();
"""
NO_RULES = """
drop trigger audit_note_waiting on audit_auditentry;
drop function audit_note_waiting();
drop trigger audit_append_only on audit_head;
drop trigger audit_append_only on audit_leaf;
drop trigger audit_append_only on audit_auditentry;
drop function audit_refuse_rewrite();
"""


class Migration(migrations.Migration):
    replaces = [("audit", "0001_initial"), ("audit", "0002_append_only"), ("audit", "0003_tree")]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="AuditEntry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("actor", models.CharField(max_length=100)),
                    ("department", models.CharField(blank=True, max_length=18)),
                    ("action", models.CharField(max_length=100)),
                    ("subject", models.CharField(max_length=200)),
                ],
                options={
                    "indexes": [models.Index(fields=["subject", "at"], name="audit_subject_at")],
                },
            ),
            migrations.CreateModel(
                name="Waiting",
                fields=[
                    ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ],
            ),
            migrations.CreateModel(
                name="Leaf",
                fields=[
                    ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                    ("entry", models.BigIntegerField(unique=True)),
                    ("hash", models.BinaryField(max_length=32)),
                ],
            ),
            migrations.CreateModel(
                name="Head",
                fields=[
                    ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                    ("root", models.BinaryField(max_length=32)),
                    ("at", models.DateTimeField()),
                    ("signature", models.BinaryField(max_length=64)),
                    ("key_id", models.CharField(max_length=16)),
                    ("peaks", models.BinaryField()),
                ],
            ),
        ),
        migrations.RunSQL(RULES, NO_RULES),
    ]
