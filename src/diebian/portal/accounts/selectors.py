"""What the account page tells a person about themselves, and where signing in leads."""

from dataclasses import dataclass

from django.urls import reverse

from diebian.portal.home.public import menu
from diebian.security.identity.public import Actor, Post, department_name, person
from diebian.standards.masking import masked

POSTS = {
    Post.DATA_MANAGER: "数据管理员",
    Post.DATA_HEAD: "数据工作负责人",
    Post.APPLICANT: "数据申请人",
    Post.REVIEWER: "审核员",
    Post.HEAD: "部门负责人",
    Post.WINDOW: "窗口工作人员",
    Post.FINANCE: "财务",
    Post.OPERATOR: "平台值守",
    Post.AUTHORITY: "数据主管",
    Post.DUTY: "大屏值班",
    Post.MAYOR: "市领导",
}


@dataclass(frozen=True)
class Fact:
    name: str
    value: str


def facts_about(actor: Actor) -> list[Fact]:
    if actor.is_person:
        known = person(actor.key)
        return [
            Fact("姓名", known.name),
            Fact("身份证号码", masked(known.id_number, first=4, last=4)),
            Fact("手机号", masked(known.phone, first=3, last=4) or "没有登记"),
        ]
    return [
        Fact("姓名", actor.name),
        Fact("用户名", actor.key),
        Fact("单位", department_name(actor.department)),
        Fact("岗位", "、".join(POSTS.get(Post(post), post) for post in actor.posts) or "没有"),
        Fact("负责范围", actor.region or "全市"),
    ]


def desk_of(actor: Actor) -> str:
    """Where signing in leads somebody who did not come for a certain page."""
    if actor.is_person:
        return reverse("home:home")
    first = next((entry for entry in menu if entry.is_desk and entry.is_for(actor)), None)
    return reverse(first.url_name if first else "home:home")
