from diebian.security.identity.public import Actor, Post

WATCHERS = (Post.DUTY, Post.MAYOR, Post.OPERATOR, Post.AUTHORITY)


def may_watch(by: Actor) -> bool:
    """The wall, its figures and the acts behind them: those who answer for the whole city.

    Whoever answers for one region only is not let in: the wall does not cut its rows by region.
    """
    return not by.is_person and not by.region and any(by.holds(post) for post in WATCHERS)


def post_of(by: Actor) -> str:
    """What stands in the wall's head in place of a name."""
    words = {
        Post.DUTY: "值班岗",
        Post.MAYOR: "市领导",
        Post.OPERATOR: "运维岗",
        Post.AUTHORITY: "数据主管岗",
    }
    return next((word for post, word in words.items() if by.holds(post)), "")
