"""`python -m diebian.standards.profile DIR`: checks a city's folder. No database, no settings."""

import sys
from pathlib import Path

from .city import check


def main(words: list[str]) -> int:
    """Exit code: 0 when all is well, 1 with faults, 2 when no folder was named."""
    if len(words) != 1:
        sys.stderr.write("用法：python -m diebian.standards.profile 文件夹\n")
        return 2
    faults = check(Path(words[0]))
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    sys.stdout.write(f"共 {len(faults)} 处错误\n" if faults else "没有发现错误\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
