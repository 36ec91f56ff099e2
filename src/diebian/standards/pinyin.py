"""First letters of the syllables: what people type when the input method is in the way."""


def initials(text: str) -> str:
    """房屋信息 → fwxx. Letters and digits stay; spaces and signs go."""
    from pypinyin import Style, lazy_pinyin  # half a second to load, and few processes search

    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters.lower() if letter.isalnum())
