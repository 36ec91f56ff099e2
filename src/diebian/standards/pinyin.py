"""First letters of the syllables: what people type when the input method is in the way."""

from pypinyin import Style, lazy_pinyin


def initials(text: str) -> str:
    """房屋信息 → fwxx. Letters and digits stay; spaces and signs go."""
    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters.lower() if letter.isalnum())
