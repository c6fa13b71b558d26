"""How well quantities are compared: false alarms on right translations, recall on planted errors.

The pairs (tests/data/quantities) were written without sight of the code; a third of them stayed sealed until
the end. Errors are planted by plain edits of the English, made here with nothing of the package. Beside ours,
what three other tools make of the same pairs; ``pip install -e '.[bench]'`` brings them.

    python benchmarks/quantities.py [-v] [--sealed]
"""

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from summarizer.quantities import Comparison, compare, read_chinese, read_english

DATA = Path(__file__).parent.parent / "tests" / "data" / "quantities"

NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])|(?<![\w.,])\d+(?:\.\d+)?(?![\w]|,\d|\.\d)"
)
YEAR = re.compile(r"(?<![\w,.])(?:1[5-9]|20)\d\d(?![\w,]|\.\d)")
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
SCALES = {"thousand": "million", "million": "billion", "billion": "trillion", "trillion": "billion"}
UP = "more than|over|above|upwards of|exceeding|in excess of|at least"
DOWN = "nearly|almost|close to|just under|less than|fewer than|under|below"
ABOUT = "about|around|some|roughly|approximately"

Edit = Callable[[str, random.Random], str | None]


def amounts(text: str) -> list[re.Match[str]]:
    """The numbers in digits that are no years and no days of a month."""
    found = [match for match in NUMBER.finditer(text) if not YEAR.fullmatch(match[0])]
    beside = rf"(?:{'|'.join(MONTHS)}) $"
    return [
        match
        for match in found
        if not re.search(beside, text[: match.start()])
        and not re.match(rf" (?:{'|'.join(MONTHS)})", text[match.end() :])
    ]


def put(text: str, match: re.Match[str], new: str) -> str:
    """The text with a match replaced."""
    return text[: match.start()] + new + text[match.end() :]


def scaled(power: int) -> Edit:
    """A number ten or a hundred times too large."""

    def edit(text: str, rng: random.Random) -> str | None:
        found = amounts(text)
        if not found:
            return None
        match = rng.choice(found)
        whole, _, part = match[0].replace(",", "").partition(".")
        digits = whole + part[:power].ljust(power, "0")
        rest = part[power:]
        return put(text, match, f"{int(digits):,}" + (f".{rest}" if rest else ""))

    return edit


def other_scale(text: str, rng: random.Random) -> str | None:
    """Million for billion, and the like: 万 taken for 亿."""
    found = list(re.finditer(rf"\b({'|'.join(SCALES)})\b", text))
    if not found:
        return None
    match = rng.choice(found)
    return put(text, match, SCALES[match[0]])


def digit_changed(text: str, rng: random.Random) -> str | None:
    """One digit of a number is another."""
    found = [match for match in amounts(text) if len(re.sub(r"\D", "", match[0])) > 1]
    if not found:
        return None
    match = rng.choice(found)
    places = [place for place, char in enumerate(match[0]) if char.isdigit()]
    place = rng.choice(places[:3])
    new = rng.choice([digit for digit in "123456789" if digit != match[0][place]])
    return put(text, match, match[0][:place] + new + match[0][place + 1 :])


def digits_swapped(text: str, rng: random.Random) -> str | None:
    """Two digits of a number change places."""
    found = []
    for match in amounts(text):
        places = [place for place, char in enumerate(match[0]) if char.isdigit()]
        found += [
            (match, left, right)
            for left, right in pairwise(places[:4])
            if match[0][left] != match[0][right] != "0"
        ]
    if not found:
        return None
    match, left, right = rng.choice(found)
    chars = list(match[0])
    chars[left], chars[right] = chars[right], chars[left]
    return put(text, match, "".join(chars))


def dropped(text: str, rng: random.Random) -> str | None:
    """A figure goes, and not just one in brackets that only says another unit or the same again."""
    outside = re.sub(r"\([^)]*\)", lambda brackets: "(" * len(brackets[0]), text)
    found = [match for match in amounts(text) if len(match[0]) > 1 and outside[match.start()] != "("]
    if not found:
        return None
    match = rng.choice(found)
    rest = re.sub(rf"^ (?:{'|'.join(SCALES)})\b", "", text[match.end() :])
    return text[: match.start()].rstrip("$€¥£ ") + " " + rest.lstrip("% ").removeprefix("percent ")


def added(text: str, rng: random.Random) -> str | None:
    """A figure comes that the source has not."""
    return f"{text} A further {rng.randint(211, 899)} cases are pending."


def points(text: str, rng: random.Random) -> str | None:
    """Percent for percentage points, or the other way round."""
    found = list(re.finditer(r"percentage points?|percent(?!age)|per cent", text))
    if not found:
        return None
    match = rng.choice(found)
    return put(text, match, "percent" if "points" in match[0] or "point" in match[0] else "percentage points")


def hedge_dropped(text: str, rng: random.Random) -> str | None:
    """A number loses its hedge."""
    found = list(re.finditer(rf"\b(?:{UP}|{DOWN}|{ABOUT}) (?=[\d$¥€£]|US\$|HK\$|NT\$|RMB)", text))
    return put(text, rng.choice(found), "") if found else None


def hedge_reversed(text: str, rng: random.Random) -> str | None:
    """More becomes nearly, nearly more."""
    found = list(re.finditer(rf"\b(?:({UP})|(?:{DOWN})) (?=[\d$¥€£]|US\$|HK\$|NT\$|RMB)", text))
    if not found:
        return None
    match = rng.choice(found)
    return put(text, match, "nearly " if match[1] else "more than ")


def date_shifted(text: str, rng: random.Random) -> str | None:
    """Another month, or another year."""
    found = list(re.finditer(rf"\b(?:{'|'.join(MONTHS)})\b(?= \d|,? \d{{4}})|{YEAR.pattern}", text))
    if not found:
        return None
    match = rng.choice(found)
    if match[0].isdigit():
        return put(text, match, str(int(match[0]) + rng.choice((-3, -2, 2, 3))))
    return put(text, match, MONTHS[(MONTHS.index(match[0]) + rng.randint(1, 10)) % 12])


def range_end(text: str, rng: random.Random) -> str | None:
    """The upper end of a range is another."""
    found = list(re.finditer(r"\d(?: to |-|–)((?:US)?\$?)(\d[\d,]*)", text))
    if not found:
        return None
    match = rng.choice(found)
    number = int(match[2].replace(",", ""))
    return text[: match.start(2)] + f"{number * 2 + 1:,}" + text[match.end(2) :]


EDITS: dict[str, Edit] = {
    "ten times": scaled(1),
    "a hundred times": scaled(2),
    "another scale": other_scale,
    "digit changed": digit_changed,
    "digits swapped": digits_swapped,
    "figure dropped": dropped,
    "figure added": added,
    "percent and points": points,
    "date shifted": date_shifted,
    "range end": range_end,
    "hedge reversed": hedge_reversed,
    "hedge dropped": hedge_dropped,
}


def alarms(found: Comparison) -> list[str]:
    """What is reported as major or worse, in words."""
    said = [message for _, _, message in found.changed]
    said += [f"lost {quantity.text}" for quantity in found.lost]
    said += [f"added {quantity.text}" for quantity in found.added]
    return said + [f"reversed {left.text} / {right.text}" for left, right in found.hedge_reversed]


def minor(found: Comparison) -> list[str]:
    """What is reported as minor."""
    return [f"hedge lost {left.text} / {right.text}" for left, right in found.hedge_lost]


def pairs(split: str) -> list[dict[str, str]]:
    """The pairs of a split."""
    return [json.loads(line) for line in (DATA / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]


def planted(split: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Every kind of error in every pair that can have it, twice where it can be had in two ways."""
    for number, pair in enumerate(pairs(split)):
        for kind, edit in EDITS.items():
            rng = random.Random(f"{number} {kind}")
            made = {edit(pair["en"], rng) for _ in range(2)}
            for text in sorted(text for text in made if text is not None and text != pair["en"]):
                yield kind, pair, text


def is_found(kind: str, pair: dict[str, str], text: str) -> bool:
    """Whether the comparison says more of the edited text than of the right one."""
    before, after = compare(pair["zh"], pair["en"]), compare(pair["zh"], text)
    if kind == "hedge dropped":
        return len(after.hedge_lost) > len(before.hedge_lost)
    return set(alarms(after)) - set(alarms(before)) != set()


def main() -> None:
    """Print false alarms and recall."""
    for split in ("open", "sealed") if "--sealed" in sys.argv else ("open",):
        clean = [(pair, compare(pair["zh"], pair["en"])) for pair in pairs(split)]
        wrong = [(pair, alarms(found)) for pair, found in clean if alarms(found)]
        lesser = sum(len(minor(found)) for _, found in clean)
        said = sum(len(messages) for _, messages in wrong)
        hundred = len(clean) / 100
        print(f"\n{split}: {len(clean)} right pairs; false alarms a hundred: {said / hundred:.1f} major")
        print(f"or worse, in {len(wrong)} pairs; {lesser / hundred:.1f} minor")
        for pair, messages in wrong if "-v" in sys.argv and split == "open" else ():
            print(f"  {messages}\n    {pair['zh']}\n    {pair['en']}")
        recall: dict[str, list[bool]] = {kind: [] for kind in EDITS}
        for kind, pair, text in planted(split):
            recall[kind].append(is_found(kind, pair, text))
            if "-v" in sys.argv and split == "open" and not recall[kind][-1]:
                print(f"  missed: {kind}\n    {pair['zh']}\n    {pair['en']}\n    {text}")
        for kind, hits in recall.items():
            print(f"  {kind:<20} {sum(hits):>4} of {len(hits):>4}  {sum(hits) / len(hits):.3f}")
        values = [hit for kind, hits in recall.items() if "hedge" not in kind for hit in hits]
        print(
            f"  {'values in all':<20} {sum(values):>4} of {len(values):>4}  {sum(values) / len(values):.3f}"
        )
        for name, tool in OTHERS.items():
            others(name, tool, split)
    _speed()


def cn2an_and_text2num(zh: str, en: str) -> bool:
    """Whether the numbers of both sides differ, by two readers of number words."""
    import cn2an
    from text_to_num import alpha2digit

    left, right = cn2an.transform(zh, "cn2an"), alpha2digit(en, "en").replace(",", "")
    return set(re.findall(r"\d+(?:\.\d+)?", left)) != set(re.findall(r"\d+(?:\.\d+)?", right))


def translate_toolkit(zh: str, en: str) -> bool:
    """Whether its numbers check fails."""
    from translate.filters.checks import FilterFailure, StandardChecker

    try:
        return not StandardChecker().numbers(zh, en)
    except FilterFailure:
        return True


OTHERS: dict[str, Callable[[str, str], bool]] = {
    "cn2an + text2num": cn2an_and_text2num,
    "translate-toolkit": translate_toolkit,
}


def others(name: str, tool: Callable[[str, str], bool], split: str) -> None:
    """Print what another tool makes of the same pairs."""
    try:
        wrong = {pair["zh"]: tool(pair["zh"], pair["en"]) for pair in pairs(split)}
        cases = [(pair, text) for kind, pair, text in planted(split) if "hedge" not in kind]
        told = [tool(pair["zh"], text) for pair, text in cases]
    except ImportError:
        print(f"  {name}: not installed")
        return
    apart = [hit for hit, (pair, _) in zip(told, cases, strict=True) if not wrong[pair["zh"]]]
    alarmed = 100 * sum(wrong.values()) / len(wrong)
    print(f"  {name}: alarm on {alarmed:.0f} of 100 right pairs; on {sum(told) / len(told):.3f} of planted")
    print(f"    errors in values, on {sum(apart)} of {len(apart)} where it was silent on the right one")


def _speed() -> None:
    spoken = pairs("open")
    dense = (
        "今年1至5月，全市共收到来信10792封，比上年增长12.5%，近180万人受益，投入1.2亿元。",
        "From January to May the city received 10,792 letters, up 12.5 percent; it spent $120 million. ",
    )
    for name, read, text in (
        ("Chinese, the pairs", read_chinese, "".join(pair["zh"] for pair in spoken)),
        ("Chinese, dense", read_chinese, dense[0]),
        ("English, the pairs", read_english, " ".join(pair["en"] for pair in spoken)),
        ("English, dense", read_english, dense[1]),
    ):
        for megabytes in (1, 4):
            long = text * (1 + megabytes * 1_000_000 // len(text.encode()))
            size = len(long.encode()) / 1_000_000
            start = time.perf_counter()
            read(long)
            print(f"{name}, {size:.1f} MB: {size / (time.perf_counter() - start):.2f} MB/s")


if __name__ == "__main__":
    main()
