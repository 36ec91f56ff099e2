"""What people may call a thing where a name must also stand in an address."""

from django.core.validators import RegexValidator

SLUG = RegexValidator(r"^[a-z][a-z0-9-]*\Z", "小写字母开头，只用小写字母、数字和横线")
