"""Words to persons: what a label's words say of somebody, and which words can be a name."""

import re
from dataclasses import dataclass

from summarizer.names import family_name
from summarizer.transcript import lexicon
from summarizer.values import Role


@dataclass(frozen=True, slots=True)
class Who:
    """What a label's words say of a person."""

    name: str
    title: str | None = None
    role: Role = "unknown"
    sure: bool = True  # False: the document has to bear it out
    is_name: bool = False  # a person's own name, rather than a part, an office or an alias


def is_name(words: str) -> bool:
    """Whether words have the form of a personal name: Chinese, with a point in it, or in Latin letters.

    >>> is_name("韩冬青"), is_name("阿莉·霍赫"), is_name("Tom Baker"), is_name("商务部")
    (True, True, True, False)
    """
    bare = plain(words)
    if lexicon.BODY.search(bare):
        return False
    return bool(family_name(bare) or lexicon.FOREIGN.match(bare) or lexicon.LATIN.match(words))


def plain(name: str) -> str:
    """The name that was set wide.

    >>> plain("米 朗"), plain("Tom Baker")
    ('米朗', 'Tom Baker')
    """
    return re.sub(r"\s", "", name) if re.search(r"[\u4e00-\u9fff]", name) else name


def is_saying(words: str) -> bool:
    """Whether words end as a sentence does before a colon, and not as a given name may."""
    return bool(lexicon.SAYS.search(words)) and not lexicon.GIVEN_NAME.fullmatch(words)
