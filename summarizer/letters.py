"""Lower case whose places stay: a pattern without ``(?i)`` is several times as fast as one with it."""


def lowered(text: str) -> str:
    """Give *text* in lower case, each letter at its place; the few that would become two stay as they are.

    >>> lowered("Up 5 Percent"), len(lowered("İzmir"))
    ('up 5 percent', 5)
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(map(_letter, text))


def _letter(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 else letter
