from uuid import uuid4

from django.db import models


class Paper(models.Model):
    """材料: a file that somebody gave once. Its content lies sealed in the data folder.

    `kind`: what it is, in the words of whoever asked for it: what is wanted elsewhere under the
    same word can be answered by it, where its owner agrees.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner_key = models.CharField(max_length=40)
    kind = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=150)
    media = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes, as it is kept
    digest = models.CharField(max_length=64)  # SM3 of the content, as it is kept
    given_at = models.DateTimeField()
    given_by_name = models.CharField(max_length=100)
    valid_until = models.DateField(null=True)  # the last day, where the paper says one
    agreed_at = models.DateTimeField(null=True)  # the owner lets it be used again
    removed_at = models.DateTimeField(null=True)  # the owner took it out; cases keep their copy

    class Meta:
        indexes = [
            models.Index(fields=["owner_key", "kind"], name="paper_owner_kind"),
            models.Index(fields=["digest"], name="paper_digest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"paper:{self.public_id}"


class Use(models.Model):
    """What a paper was used for."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="uses")
    case_no = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case_no"], name="paper_use_case")]
        constraints = [
            models.UniqueConstraint(fields=["paper", "case_no"], name="paper_used_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.case_no}"
