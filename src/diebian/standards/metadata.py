"""What a catalogue says about data: core metadata, class, level and personal information.

Metadata: 政务信息资源目录编制指南（试行）, 发改高技〔2017〕1272号. Class and level: 国务院令第809号
第十三条, 数据安全法 第二十一条, GB/T 43697-2024 (general data in levels 1 to 4). Personal and
sensitive personal information: 个人信息保护法 第四条、第二十八条.
Stored values are this project's own.
"""

from django.db.models import IntegerChoices, TextChoices


class ItemType(TextChoices):
    TEXT = "C", "字符"
    NUMBER = "N", "数值"
    DATE = "D", "日期"
    MOMENT = "T", "日期时间"
    BINARY = "B", "二进制"
    GEOMETRY = "G", "空间"


class UpdateCycle(TextChoices):
    LIVE = "live", "实时"
    DAY = "day", "每日"
    WEEK = "week", "每周"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    TERM = "term", "每学期"
    YEAR = "year", "每年"
    IRREGULAR = "irregular", "不定期"


class DataClass(TextChoices):
    GENERAL = "general", "一般数据"
    IMPORTANT = "important", "重要数据"
    CORE = "core", "核心数据"


class Level(IntegerChoices):
    ONE = 1, "1 级"
    TWO = 2, "2 级"
    THREE = 3, "3 级"
    FOUR = 4, "4 级"


class Privacy(TextChoices):
    NONE = "none", "非个人信息"
    PERSONAL = "personal", "个人信息"
    SENSITIVE = "sensitive", "敏感个人信息"
