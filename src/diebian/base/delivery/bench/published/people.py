"""Who does what in a department of the bench: sample people of the posts that the law names."""

from diebian.security.identity.public import Actor, Post


def manager(department: str) -> Actor:
    return _who("数据管理员", Post.DATA_MANAGER, department)


def head(department: str) -> Actor:
    return _who("数据负责人", Post.DATA_HEAD, department)


def applicant(department: str) -> Actor:
    return _who("申请人", Post.APPLICANT, department)


def authority(department: str) -> Actor:
    return _who("主管部门", Post.AUTHORITY, department)


def _who(word: str, post: Post, department: str) -> Actor:
    return Actor(name=f"样例{word}", department=department, key=f"sample-{post}", posts=(post,))
