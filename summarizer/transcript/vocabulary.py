"""What is a word of Chinese, asked of a dictionary: the one door to rjieba.

Its dictionary knows some 350,000 words and hardly a personal name, so a run of characters
that begins with a surname and is no word is likely a name. Loading it takes a tenth of a
second, so it is loaded when the first question is asked.
"""

from functools import lru_cache


@lru_cache(maxsize=8192)
def is_word(text: str) -> bool:
    """Whether *text* as a whole is a word of the dictionary.

    >>> is_word("方法"), is_word("邢慧娜")
    (True, False)
    """
    import rjieba  # noqa: PLC0415 - 0.1 s that most transcripts need not pay

    return rjieba.has_word(text)


def words(text: str) -> list[str]:
    """Cut *text* into words, without guessing at unknown ones.

    >>> words("三是严格落实")
    ['三', '是', '严格', '落实']
    """
    import rjieba  # noqa: PLC0415

    return rjieba.cut(text, hmm=False)
