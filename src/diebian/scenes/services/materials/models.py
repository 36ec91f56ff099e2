from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from diebian.standards.marks import Mark


class Kind(models.TextChoices):
    """What a material normally is: the word before the colon of its identity."""

    LICENCE = "LICENCE", "证照"
    DATA = "DATA", "部门数据"
    FORM = "FORM", "表单"
    DOC = "DOC", "文件"


class Material(models.Model):
    """材料: one entry of the register, whatever it is called in an item.

    Its identity says what stands behind the paper: a type of licence, or a data set by title and
    department. A `DOC` has nothing behind it that government holds.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField("名称", max_length=200, unique=True)
    identity = models.CharField("规范身份", max_length=240)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    licence_type = models.CharField("证照类型", max_length=40, blank=True)
    dataset = models.CharField("数据目录", max_length=200, blank=True)  # the title of its entry
    provider = models.CharField("提供部门", max_length=18, blank=True)  # credit code
    aliases = ArrayField(models.CharField(max_length=200), verbose_name="别名", default=list)
    mark = models.CharField("标记", max_length=20, default=Mark.SAMPLE.value)
    proposed_by = models.CharField(max_length=200, blank=True)  # empty: the city's folder
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="material_says_what_is_behind",
                condition=~Q(kind=Kind.LICENCE, licence_type="") & ~Q(kind=Kind.DATA, dataset=""),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        return [self.name, *self.aliases]
