from django.db import models
from django.db.models import Q

from diebian.standards.money import in_capitals, yuan


class State(models.TextChoices):
    OPEN = "open", "等缴费"
    PAID = "paid", "已缴"
    VOID = "void", "不用缴了"
    REFUNDED = "refunded", "已退"


class Way(models.TextChoices):
    ONLINE = "online", "网上"
    CASH = "cash", "窗口现金"
    QR = "qr", "窗口扫码"


class Order(models.Model):
    """缴费单: who owes whom how much, on what basis, until when. Its amount never changes.

    `matter`: what it is for, in the words of whoever made it; one live order for a matter.
    `lines`: label, fen, basis of each charge; what is left off (减免) is a line below nought.
    """

    number = models.CharField(max_length=30, unique=True)
    matter = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    payer_key = models.CharField(max_length=40)
    payer_name = models.CharField(max_length=100)
    department = models.ForeignKey(  # whom the money is for
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    fen = models.PositiveIntegerField()
    lines = models.JSONField()
    due = models.DateField("最后一天")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    slip = models.CharField("凭条号", max_length=40, blank=True)
    paid_at = models.DateTimeField(null=True)
    taken_by_name = models.CharField(max_length=100, blank=True)  # the clerk, at a window
    ended_why = models.CharField(max_length=200, blank=True)  # of one that is void
    reminded = models.CharField(max_length=10, blank=True)  # the rung that was told last

    class Meta:
        indexes = [
            models.Index(fields=["department", "made_at"], name="order_of_department"),
            models.Index(fields=["due"], condition=Q(state="open"), name="order_open"),
            models.Index(fields=["paid_at"], name="order_paid"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=~Q(state="void"), name="order_once_per_matter"
            ),
            models.CheckConstraint(condition=Q(fen__gt=0), name="order_of_something"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "void"]) | (Q(paid_at__isnull=False) & ~Q(way="")),
                name="order_paid_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def yuan(self) -> str:
        return yuan(self.fen)

    @property
    def capitals(self) -> str:
        return in_capitals(self.fen)

    @property
    def audit_subject(self) -> str:
        return f"order:{self.number}"


class Trade(models.Model):
    """One try to pay an order at the provider. The row is there before the provider is asked; `key`
    is the same at each asking, so that there it is one trade, however often it comes.
    """

    class State(models.TextChoices):
        ASKED = "asked", "已请支付平台开单，等答复"
        OPEN = "open", "可以支付"
        PAID = "paid", "已支付"
        CLOSED = "closed", "已关闭"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="trades")
    key = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    number = models.CharField("支付平台的流水号", max_length=60, blank=True)
    page = models.CharField(max_length=300, blank=True)  # where it is paid
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)  # of asking how it stands
    next_look_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)  # of the last asking that failed

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=["asked", "open"]), name="trade_one_live"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_look_at"],
                condition=Q(state__in=["asked", "open"]),
                name="trade_looked_at",
            ),
            models.Index(fields=["paid_at"], name="trade_paid"),
        ]

    def __str__(self) -> str:
        return self.key


class Refund(models.Model):
    """退费: of a trade at the provider, or paid out by the department. Kept before it is asked."""

    class State(models.TextChoices):
        WAITING = "waiting", "正在退"
        DONE = "done", "已退"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds")
    trade = models.OneToOneField(
        Trade, on_delete=models.PROTECT, null=True, related_name="refund"
    )  # None: it was taken at a window
    key = models.CharField(max_length=32, unique=True)
    fen = models.PositiveIntegerField()
    why = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=100, blank=True)
    slip = models.CharField("凭条号", max_length=40, blank=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(trade=None), name="refund_once_at_window"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="waiting"), name="refund_waiting"
            ),
            models.Index(fields=["done_at"], name="refund_done"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def yuan(self) -> str:
        return yuan(self.fen)


class Told(models.Model):
    """What the provider said of itself, each event once, and what came of it here."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "照此办了"
        LATE = "late", "晚到，没有改变什么"
        EXCESS = "excess", "多缴的，正在退"
        UNFIT = "unfit", "对不上，没有照办"

    event = models.CharField(max_length=60, unique=True)
    key = models.CharField(max_length=32)
    kind = models.CharField(max_length=12)
    fen = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event} {self.kind}"


class Difference(models.Model):
    """对账: what stands differently here and at the provider, until it does no more."""

    class Kind(models.TextChoices):
        THERE = "there", "支付平台收了，这里没有记"
        HERE = "here", "这里记了，支付平台没有收"
        AMOUNT = "amount", "金额不同"
        REFUND_THERE = "refund_there", "支付平台退了，这里没有记"
        REFUND_HERE = "refund_here", "这里记了退，支付平台没有退"

    department = models.ForeignKey(  # None: no order here has this key
        "identity.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=40)
    fen_here = models.PositiveIntegerField(null=True)
    fen_there = models.PositiveIntegerField(null=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(settled_at=None), name="payment_differs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def here(self) -> str:
        return "" if self.fen_here is None else yuan(self.fen_here)

    @property
    def there(self) -> str:
        return "" if self.fen_there is None else yuan(self.fen_there)


class Reconciled(models.Model):
    """A day that was held against the provider's statement, the last time."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()  # lines of the statement

    def __str__(self) -> str:
        return f"{self.day}"


class ProviderKey(models.Model):
    """The public key by which the provider's words are known: taken over at the first contact, or
    set by the operator. Another key afterwards is a forger's, until somebody says otherwise.
    """

    public = models.CharField(max_length=128)  # X||Y in hex
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.public[:16]
