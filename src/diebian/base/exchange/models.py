from django.db import models
from django.db.models import Q


class RequestState(models.TextChoices):
    OFFICE_REVIEW = "office_review", "本单位审核中"
    SUBMITTED = "submitted", "待提供部门答复"
    AGREED = "agreed", "已同意，待开通"
    REFUSED = "refused", "未同意"
    ACTIVE = "active", "已开通"


class ShareRequest(models.Model):
    """共享申请. States and days: 国务院令第809号 第二十至二十二条."""

    resource = models.ForeignKey("catalogue.Resource", on_delete=models.PROTECT, related_name="+")
    consumer = models.ForeignKey("identity.Department", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=300)
    scene = models.CharField(max_length=200)
    columns = models.JSONField()
    tier = models.CharField(max_length=20)
    valid_to = models.DateField()
    state = models.CharField(
        max_length=20, choices=RequestState.choices, default=RequestState.OFFICE_REVIEW
    )
    requested_by = models.CharField(max_length=64)
    reason = models.CharField("未同意的理由", max_length=300, blank=True)
    requested_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_refused_has_reason",
                condition=~Q(state=RequestState.REFUSED) | ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} → {self.consumer}"


class Grant(models.Model):
    """授权: this system may ask this resource, for this purpose, these columns, until this day."""

    request = models.OneToOneField(ShareRequest, on_delete=models.PROTECT, related_name="grant")
    system = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.system} → {self.request.resource.slug}"


LOG_LOST = "LOGLOST"  # the flag of a call whose log line died with its Envoy


class Call(models.Model):
    """One request that the gateway took, read from its log. The key is the line's place.

    Status 0: the caller went before an answer. Flag `LOGLOST`: known from the journal only; then
    the place is inode 0 and the journal's number.
    """

    instance = models.CharField(max_length=60)
    inode = models.BigIntegerField()
    offset = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)
    request_id = models.CharField(max_length=64)
    route = models.CharField(max_length=80, blank=True)
    system = models.CharField(max_length=64, blank=True)
    status = models.PositiveSmallIntegerField()
    flags = models.CharField(max_length=40, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instance", "inode", "offset"], name="call_once")
        ]
        indexes = [models.Index(fields=["request_id"], name="call_request_id")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.system} {self.route} {self.status}"


class JournalLine(models.Model):
    """The broker's own book (ADR 4): every call it answers, committed before the answer leaves.

    A line goes when the log has the same call; one left when its Envoy died becomes a `Call`.
    """

    instance = models.CharField(max_length=60)
    request_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    route = models.CharField(max_length=80)
    system = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    milliseconds = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["instance", "request_id"], name="journal_of_call")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.system} {self.route} {self.status}"


class MeterPosition(models.Model):
    """How far a log was read; moves in the transaction of the calls it covers."""

    instance = models.CharField(max_length=60)
    inode = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    unreadable = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instance", "inode"], name="meter_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.instance}@{self.offset}"
