"""国家数据共享平台: the node above the province. How it answers: `upper`."""

from .server import serve
from .upper import Node

NATIONAL = Node("national").department()

if __name__ == "__main__":
    serve(NATIONAL)
