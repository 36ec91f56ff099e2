"""省数据共享平台: the node above the city. How it answers: `upper`."""

from .server import serve
from .upper import Node

PROVINCE = Node("province").department()

if __name__ == "__main__":
    serve(PROVINCE)
