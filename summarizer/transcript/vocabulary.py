"""What is a word of Chinese, asked of a dictionary: the one door to rjieba.

Its dictionary knows some 350,000 words and hardly a personal name, so a run of characters
that begins with a surname and is no word is likely a name. Loading it takes a tenth of a
second, so it is loaded when the first question is asked.
"""

from functools import lru_cache

from summarizer.names import family_name, is_compound


@lru_cache(maxsize=8192)
def is_word(text: str) -> bool:
    """Whether *text* as a whole is a word of the dictionary.

    >>> is_word("方法"), is_word("邢慧娜")
    (True, False)
    """
    import rjieba  # noqa: PLC0415 - 0.1 s that most transcripts need not pay

    return rjieba.has_word(text)


@lru_cache(maxsize=8192)
def is_wording(text: str) -> bool:
    """Whether *text* is wording rather than a name: a word, or words of which the first is no surname.

    >>> is_wording("平安建设"), is_wording("于今年"), is_wording("张飞军"), is_wording("欧阳秉义")
    (True, True, False, False)
    """
    import rjieba  # noqa: PLC0415

    if rjieba.has_word(text):
        return True
    if family_name(text) is None or is_compound(text):  # 欧阳 is a word too
        return False
    (word, kind), *others = rjieba.tag(text, hmm=False)
    if len(word) > 1:
        return not kind.startswith("nr")  # a person's name
    # Who is called 今年, 以上 or 三个? Times, places in a row and counts are no given names.
    return any(kind in ("t", "f", "m") for word, kind in others if len(word) > 1)


def words(text: str) -> list[str]:
    """Cut *text* into words, without guessing at unknown ones.

    >>> words("三是严格落实")
    ['三', '是', '严格', '落实']
    """
    import rjieba  # noqa: PLC0415

    return rjieba.cut(text, hmm=False)
