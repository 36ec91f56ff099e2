from django.db import migrations, models

# The trigger notes each entry, whoever inserted it and by whichever program; those that were there
# before the tree are noted now.
NOTE = """
CREATE FUNCTION audit_note_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO audit_waiting (entry) VALUES (NEW.id); RETURN NULL; END $$;
CREATE TRIGGER audit_note_waiting AFTER INSERT ON audit_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_note_waiting();
INSERT INTO audit_waiting (entry) SELECT id FROM audit_auditentry;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_leaf
FOR EACH ROW EXECUTE FUNCTION audit_refuse_rewrite();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_head
FOR EACH ROW EXECUTE FUNCTION audit_refuse_rewrite();
"""
FORGET = """
DROP TRIGGER audit_append_only ON audit_head;
DROP TRIGGER audit_append_only ON audit_leaf;
DROP TRIGGER audit_note_waiting ON audit_auditentry;
DROP FUNCTION audit_note_waiting();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[("entry", models.BigIntegerField(primary_key=True, serialize=False))],
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
        migrations.RunSQL(NOTE, FORGET),
    ]
