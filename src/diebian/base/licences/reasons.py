"""Why a row of a table of licences is set aside, in words for its issuer."""

REASONS = {
    "type": "种类代码不在声明里，请补进声明或改正",
    "number": "没有证照编号，或者超过 100 个字",
    "holder": "持有人号码不是有效的公民身份号码，也不是统一社会信用代码",
    "holder_kind": "这种证照不发给这一类持有人（个人、单位）",
    "name": "没有持有人姓名或名称",
    "issued": "没有颁发日期，或者看不懂",
    "until": "截止日期看不懂；没有期限的要写在声明的 endless 里",
    "order": "截止日期早于颁发日期",
    "state": "状态代码不在声明里，请补进声明或改正",
    "identifier": "证照标识的格式或校验位不对（GB/T 36904）",
    "twice": "同一个人、同一种类、同一编号出现了两行",
    "elsewhere": "这份证照（或它的标识）已由另一行登记",
    "turn": "状态不能这样变（例如吊销的又成了有效）；重新颁发的要有更晚的颁发日期",
}
