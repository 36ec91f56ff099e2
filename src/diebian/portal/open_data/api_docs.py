"""What open data says of its own addresses."""

from collections.abc import Iterator

from diebian.kernel.api_docs import Operation

ROWS = {
    "limit": "一页多少行，最多 1000，不写是 100",
    "offset": "从第几行起，不写是 0；接着取用答复里的 next",
    "列名": "只要这一列等于这个值的行；列名以数据集里写的为准",
    "列名__gte": "不小于；列名__lte：不大于；列名__contains：含有这些字",
}


def operations_of_open_data() -> Iterator[Operation]:
    yield Operation(
        "GET open-data:api-datasets", "全部开放数据", query={"q": "要找的词"}, is_public=True
    )
    yield Operation("GET open-data:api-dataset", "一个数据集：列、文件、许可", is_public=True)
    yield Operation(
        "GET open-data:api-rows",
        "数据集的行，分页、按列筛选",
        query=ROWS,
        answers={200: "内容", 410: "已停止开放", 422: "参数有误", 503: "查得太重"},
        is_public=True,
    )
