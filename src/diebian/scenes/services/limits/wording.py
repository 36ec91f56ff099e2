"""What somebody wrote as a reason: there has to be one, and a sentence goes on behind it."""

from diebian.scenes.services.refusals import ReasonMissing

LONGEST_WORDS = 300


def worded(words: str) -> str:
    if not words.strip():
        raise ReasonMissing
    return words.strip()[:LONGEST_WORDS].rstrip("。")
