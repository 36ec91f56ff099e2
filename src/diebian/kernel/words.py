"""Words of a command line, with refusals in the language of whoever typed them."""

import argparse
from typing import NoReturn

from .errors import DiebianError


class WordsUnclear(DiebianError):
    code, status, title = "kernel.words_unclear", 400, "命令后面的参数看不懂"


class Words(argparse.ArgumentParser):
    """As argparse; what it cannot read is a refusal with a sentence, not usage in English."""

    def __init__(self, word: str, description: str) -> None:
        super().__init__(prog=f"diebian {word}", description=description, allow_abbrev=False)
        self._word = word

    def error(self, message: str) -> NoReturn:
        raise WordsUnclear(f"{_told(message)}。有哪些参数：./diebian {self._word} --help")


def port(text: str) -> int:
    """A port that an ordinary account may open."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1024 <= number <= 65535:  # noqa: PLR2004  the numbers are the definition
        raise argparse.ArgumentTypeError(f"端口要在 1024 到 65535 之间，现在是 {text}")
    return number


def _told(message: str) -> str:
    for english, chinese in (
        ("unrecognized arguments: ", "没有这个参数："),
        ("the following arguments are required: ", "还少："),
        ("expected one argument", "后面要写一个值"),
        ("invalid choice: ", "不能写："),
        ("argument ", ""),
    ):
        message = message.replace(english, chinese)
    return message
