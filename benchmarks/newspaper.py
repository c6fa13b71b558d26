"""Damaged newspaper pages made from clean Chinese transcripts.

A transcript is set in newspaper columns, and the columns are then read back the way text extraction reads
them: every column is one block, the lines of a block are joined again, and the blocks may come out in a
wrong order. The page keeps, for each of its paragraphs, which slice of which clean paragraph it holds, so the
right order is known.

Everything is drawn from ``random.Random(seed)``. The geometry of a page does not depend on its kind, so one
seed under two kinds shows the same columns read in two ways, unless the transcript is too short for one of
them and has to be set in lower columns.
"""

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

KINDS = ("none", "breaks", "swapped", "early", "dropped", "interleaved", "several")

WIDTHS = (10, 22)
HEIGHTS = (18, 60)
COLUMNS = (3, 8)
COLUMNS_OF_SEVERAL = 6
LOWEST = 5
INDENT = 2

_COMBINED = ("swapped", "early", "dropped", "interleaved")
_COLUMNS_NEEDED = {"breaks": 2, "swapped": 2, "early": 3, "dropped": 4, "interleaved": 2}
_SEVERAL_NEED = {2: 5, 3: 6}

_NOT_FIRST = frozenset("，。、；：？！”’）》〉】」』〕％‰℃·～,.;:?!)]}%")
_NOT_LAST = frozenset("“‘（《〈【「『〔([{￥$#")
_UNDIVIDED = frozenset("—…")
_RUN_MARKS = frozenset(".,%-/'@")

_HEAD_PARAGRAPHS = 5
_HEAD_LENGTH = 40
_TITLE_CLOSED = re.compile(r"[。；;，,、：:][”’」』）)]*$")
_LINE_CLOSED = re.compile(r"[。！？!?；;，,、…：:][”’」』）)]*$")
_LABEL = re.compile(r"^[^：:]{1,20}[：:](?!\d)")
_BYLINE = re.compile(
    r"^[（(]?(?:来源|作者|采访|撰文|文|整理|摄影|图|编辑|时间|日期|地点|原载)[^：:／/]{0,6}[：:／/]"
)

_PAPERS = ("南江日报", "东湖晚报", "海州都市报", "新城周刊", "北川经济导报")
_SECTIONS = ("要闻", "综合", "访谈", "文化", "财经", "科技", "人物", "深度")
_WEEKDAYS = "一二三四五六日"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("晓东", "敏", "志强", "丽华", "伟", "建国", "思远", "静", "文博", "海燕", "磊", "雨桐")
_CAPTIONS = (
    "图为采访现场。",
    "图为工作人员正在整理资料。",
    "图为建设中的新馆外景。",
    "图为参会代表在会场外交谈。",
    "图为学生在实验室里观察标本。",
    "图为技术人员检修设备",
    "图为村民在晾晒刚收获的稻谷",
    "图为上世纪八十年代的老厂房",
)

_OTHER_STORY = (
    (
        "本报讯 昨日，市气象台发布消息，未来三天我市将出现一次明显降雨过程，累计雨量二十至四十毫米，局部可达"
        "六十毫米。气象专家提醒，山区和低洼地带要注意防范短时强降水，市民出行请携带雨具。"
    ),
    (
        "市水务局有关负责人介绍，全市十二座中型水库目前水位均在汛限以下，排水管网已完成春季清淤一百三十余公里，"
        "三十二处易积水点安排了专人值守。"
    ),
    (
        "另据了解，城东污水处理厂二期工程日前通过验收。该工程总投资2.6亿元，日处理能力由8万吨提高到15万吨，"
        "出水将用于沿河绿地浇灌和道路冲洗。工程负责人表示，“再生水的利用比例今年有望达到三成”。"
    ),
    (
        "新学期开始后，市图书馆延长了开放时间，周五和周六晚上闭馆时间推迟到九点半。馆内新设的少儿阅览区（一楼"
        "东侧）藏书一万八千册，读者凭身份证即可借阅，每次限借五册。"
    ),
    (
        "全市第三十二届中小学生运动会将于下月中旬举行，共设田径、游泳、乒乓球等九个大项，预计有四十六所学校的"
        "一千二百多名运动员参加。组委会表示，各项筹备工作进展顺利。"
    ),
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A paragraph of the damaged page.

    Attributes:
        text: The paragraph as it stands on the page.
        source: Index of the clean paragraph it is, or is a part of; None for what the layout added.
        start: Where the slice of the clean paragraph begins; 0 for an added fragment.
        end: Where the slice of the clean paragraph ends; 0 for an added fragment.
    """

    text: str
    source: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged page.

    Attributes:
        seed: The seed it was made from.
        damage: The kind of reading error it shows, one of ``KINDS``.
        fragments: Its paragraphs in file order.
    """

    seed: int
    damage: str
    fragments: tuple[Fragment, ...]

    def text(self) -> str:
        r"""Return the damaged file: the fragments joined by a blank line, with a final newline.

        Examples:
            >>> Damaged(1, "breaks", (Fragment("来信10792", 0, 0, 7), Fragment("封。", 0, 7, 9))).text()
            '来信10792\n\n封。\n'
        """
        return "\n\n".join(fragment.text for fragment in self.fragments) + "\n"


@dataclass(frozen=True, slots=True)
class _Line:
    source: int
    start: int
    end: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class _Geometry:
    width: int
    height: int
    columns: int
    kinsoku: bool
    squeezes: bool
    splits_runs: bool
    widow_rule: bool
    balanced: bool
    gaps: tuple[int, ...]


def scramble(
    paragraphs: Sequence[str], *, seed: int, kind: str | None = None, other: Sequence[str] = ()
) -> Damaged:
    """Set a clean transcript in newspaper columns and read them back with one kind of error.

    A transcript too short for the kind is set in lower columns; if that does not help, the columns are read
    in the right order ("breaks"), and if no paragraph can be broken at all the page is the clean one
    ("none"). Blank paragraphs leave no fragment.

    Args:
        paragraphs: The paragraphs of the clean transcript.
        seed: The only source of chance.
        kind: The kind of reading error; chosen from the seed if None.
        other: Paragraphs of another story, for "interleaved" and "several"; invented news if empty.

    Returns:
        The damaged page; its ``damage`` says which kind of error it shows in the end.

    Raises:
        ValueError: If the kind is not one of ``KINDS``.

    Examples:
        >>> clean = ["水与城", "记者：今年收到多少封来信？", "陈敏：一共收到来信一万零七百九十二封。" * 20]
        >>> page = scramble(clean, seed=3, kind="swapped")
        >>> page.damage
        'swapped'
        >>> page == scramble(clean, seed=3, kind="swapped")
        True
        >>> ["".join(page.fragments[i].text for i in group) for group in truth(page)] == clean
        True
        >>> [fragment.text for fragment in scramble(clean, seed=3, kind="none").fragments] == clean
        True
        >>> scramble(["记者：您好。"], seed=3, kind="several").damage
        'none'
    """
    rng = random.Random(seed)
    geometry = _draw_geometry(rng)
    drawn = rng.choice(KINDS)
    wanted = drawn if kind is None else kind
    if wanted not in KINDS:
        raise ValueError(f"unknown kind of damage: {wanted!r}")
    errors = _draw_errors(rng, wanted)
    kept = [index for index, paragraph in enumerate(paragraphs) if paragraph.strip()]
    whole = tuple(_whole(paragraphs, index) for index in kept)
    if wanted == "none":
        return Damaged(seed, "none", whole)

    body = kept[_head_length([paragraphs[index] for index in kept]) :]
    per_page = max(geometry.columns, COLUMNS_OF_SEVERAL) if wanted == "several" else geometry.columns
    lines = _set_lines(paragraphs, body, geometry)
    damage = wanted
    columns = _fit(lines, geometry, _columns_needed(wanted, errors), broken=wanted == "breaks")
    if columns is None:
        damage, errors = "breaks", ()
        columns = _fit(lines, geometry, _COLUMNS_NEEDED["breaks"], broken=True)
    if columns is None:
        return Damaged(seed, "none", whole)

    blocks = [_fragments(paragraphs, column) for column in columns]
    order = _reading_order(rng, errors, len(blocks), per_page)
    above = list(whole[: len(kept) - len(body)])
    _add_captions(rng, blocks, geometry)
    _add_page_marks(rng, above, blocks, per_page)
    read = [blocks[column] for column in order]
    if "interleaved" in errors:
        tallest = max(len(column) for column in columns)
        read.insert(rng.randint(1, len(read) - 1), _foreign_block(rng, other, geometry, tallest))
    return Damaged(seed, damage, (*above, *(fragment for block in read for fragment in block)))


def truth(page: Damaged) -> tuple[tuple[int, ...], ...]:
    """Return the right reading order of a page.

    Args:
        page: A damaged page.

    Returns:
        Indexes into the fragments of the page, in the order of the clean transcript, one group for each clean
        paragraph; what the layout added is left out.

    Examples:
        >>> tail, mark = Fragment("封。", 1, 2, 4), Fragment("第6版", None, 0, 0)
        >>> truth(Damaged(1, "swapped", (tail, mark, Fragment("问？", 0, 0, 2), Fragment("来信", 1, 0, 2))))
        ((2,), (3, 0))
    """
    placed = sorted(
        (fragment.source, fragment.start, index)
        for index, fragment in enumerate(page.fragments)
        if fragment.source is not None
    )
    return tuple(tuple(index for *_, index in group) for _, group in groupby(placed, lambda place: place[0]))


def _draw_geometry(rng: random.Random) -> _Geometry:
    """Draw the columns of a page and the habits of its typesetter."""
    width, height, columns = rng.randint(*WIDTHS), rng.randint(*HEIGHTS), rng.randint(*COLUMNS)
    kinsoku = rng.random() < 0.9
    squeezes = kinsoku and rng.random() < 0.6
    pictures = 0.15 if rng.random() < 0.5 else 0.0
    return _Geometry(
        width=width,
        height=height,
        columns=columns,
        kinsoku=kinsoku,
        squeezes=squeezes,
        splits_runs=rng.random() < 0.35,
        widow_rule=rng.random() < 0.5,
        balanced=rng.random() < 0.5,
        gaps=tuple(rng.randint(5, 14) if rng.random() < pictures else 0 for _ in range(61)),
    )


def _draw_errors(rng: random.Random, kind: str) -> tuple[str, ...]:
    """Return the reading errors a kind consists of, permutations of columns first."""
    if kind == "several":
        chosen = rng.sample(_COMBINED, rng.choice((2, 3)))
        return tuple(sorted(chosen, key=_COMBINED.index))
    return (kind,) if kind in _COMBINED else ()


def _columns_needed(kind: str, errors: Sequence[str]) -> int:
    """Return the least number of columns on which a kind of error shows."""
    return _SEVERAL_NEED[len(errors)] if kind == "several" else _COLUMNS_NEEDED[kind]


def _head_length(paragraphs: Sequence[str]) -> int:
    """Return how many of the first paragraphs are title, subtitle or byline.

    Examples:
        >>> _head_length(["水与城", "——专访陈敏", "来源：南江日报", "记者：您好。", "陈敏：", "你好。"])
        3
        >>> _head_length(["陈敏：让水听话", "记者：您好。"]), _head_length(["记者：来信有多少？", "陈敏："])
        (1, 0)
    """
    for index, paragraph in enumerate(paragraphs[:_HEAD_PARAGRAPHS]):
        line = paragraph.strip()
        labelled = _LABEL.match(line) and not _BYLINE.match(line)
        title = index == 0 and not _TITLE_CLOSED.search(line) and not (labelled and _LINE_CLOSED.search(line))
        below = index > 0 and not _LINE_CLOSED.search(line) and not labelled
        if len(line) > _HEAD_LENGTH or not (title or below):
            return index
    return min(len(paragraphs), _HEAD_PARAGRAPHS)


def _half_widths(char: str) -> int:
    """Return the room a character takes, in halves of a Chinese character."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F", "A") else 1


def _in_run(char: str) -> bool:
    """Tell whether a character belongs to a Western word or number."""
    return char.isascii() and (char.isalnum() or char in _RUN_MARKS)


def _may_break(text: str, at: int, geometry: _Geometry) -> bool:
    """Tell whether a line may end before the character at an index."""
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after):
        return False
    if geometry.kinsoku:
        divided = before == after and before in _UNDIVIDED
        if after in _NOT_FIRST or before in _NOT_LAST or divided:
            return False
    return geometry.splits_runs or not (_in_run(before) and _in_run(after))


def _line_end(text: str, start: int, room: int, geometry: _Geometry) -> int:
    """Return where the line that starts at an index ends; spaces at its end hang over the margin."""
    end, used = start, 0
    while end < len(text) and used + _half_widths(text[end]) <= room:
        used += _half_widths(text[end])
        end += 1
    end = max(end, start + 1)
    if end < len(text):
        end = _allowed_end(text, start, end, geometry)
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _allowed_end(text: str, start: int, end: int, geometry: _Geometry) -> int:
    """Move the end of a full line to the nearest place where the typesetter may break it."""
    if geometry.squeezes:
        reach = end
        while reach < min(len(text), end + 2) and text[reach] in _NOT_FIRST:
            reach += 1
        if reach == len(text) or _may_break(text, reach, geometry):
            return reach
    return next((at for at in range(end, start, -1) if _may_break(text, at, geometry)), end)


def _set_lines(paragraphs: Sequence[str], indexes: Sequence[int], geometry: _Geometry) -> list[_Line]:
    """Set paragraphs in lines of the width of a column."""
    lines = []
    for index in indexes:
        text, start = paragraphs[index], 0
        while start < len(text):
            room = 2 * (geometry.width if start else geometry.width - INDENT)
            end = _line_end(text, start, room, geometry)
            lines.append(_Line(index, start, end, opens=start == 0, closes=end == len(text)))
            start = end
    return lines


def _gap(geometry: _Geometry, column: int, height: int) -> int:
    """Return how many lines a picture takes away from a column."""
    return min(geometry.gaps[column % len(geometry.gaps)], height // 3)


def _fill(lines: Sequence[_Line], geometry: _Geometry, height: int) -> list[Sequence[_Line]]:
    """Cut the lines of a story into columns of at most a height."""
    columns: list[Sequence[_Line]] = []
    start = 0
    while start < len(lines):
        end = min(len(lines), start + height - _gap(geometry, len(columns), height))
        if geometry.widow_rule and end < len(lines):
            end = max(_without_widow(lines, end), start + 1)
        columns.append(lines[start:end])
        start = end
    return columns


def _without_widow(lines: Sequence[_Line], end: int) -> int:
    """Move the end of a column up so that no paragraph leaves one line alone before or after it."""
    if lines[end].closes and not lines[end].opens:
        end -= 1
    if lines[end - 1].opens and not lines[end - 1].closes:
        end -= 1
    return end


def _fit(
    lines: Sequence[_Line], geometry: _Geometry, needed: int, *, broken: bool
) -> list[Sequence[_Line]] | None:
    """Cut a story into enough columns, lower ones if need be.

    Args:
        lines: The lines of the story.
        geometry: The geometry of the page.
        needed: The least number of columns.
        broken: Whether some column has to end inside a paragraph.

    Returns:
        The columns, or None if the story is too short for any height.
    """

    def fits(columns: Sequence[Sequence[_Line]]) -> bool:
        inside = any(not column[-1].closes for column in columns)
        return len(columns) >= needed and (inside or not broken)

    height = geometry.height
    columns = _fill(lines, geometry, height)
    while not fits(columns):
        if height == LOWEST:
            return None
        height = max(LOWEST, height - max(1, height // 8))
        columns = _fill(lines, geometry, height)
    if geometry.balanced:
        for lower in range(height - 1, LOWEST - 1, -1):
            evened = _fill(lines, geometry, lower)
            if len(evened) > len(columns):
                break
            if fits(evened):
                columns = evened
    return columns


def _whole(paragraphs: Sequence[str], index: int) -> Fragment:
    """Return a clean paragraph as a fragment."""
    return Fragment(paragraphs[index], index, 0, len(paragraphs[index]))


def _added(text: str) -> Fragment:
    """Return a fragment that is no part of the transcript."""
    return Fragment(text, None, 0, 0)


def _fragments(paragraphs: Sequence[str], column: Sequence[_Line]) -> list[Fragment]:
    """Join the lines of a column into the paragraphs, or parts of paragraphs, that stand in it."""
    fragments = []
    for source, group in groupby(column, attrgetter("source")):
        lines = list(group)
        start, end = lines[0].start, lines[-1].end
        fragments.append(Fragment(paragraphs[source][start:end], source, start, end))
    return fragments


def _reading_order(rng: random.Random, errors: Sequence[str], count: int, per_page: int) -> list[int]:
    """Return the columns in the order in which they are read.

    Several errors are drawn again while together they look like one of them or like none.

    Examples:
        >>> _reading_order(random.Random(1), (), 4, 5)
        [0, 1, 2, 3]
        >>> _reading_order(random.Random(1), ("early",), 3, 5)
        [2, 0, 1]
        >>> _reading_order(random.Random(1), ("dropped",), 4, 5)
        [0, 2, 3, 1]
    """
    moves = [error for error in errors if error != "interleaved"]
    order = _moved(rng, moves, count, per_page)
    while len(moves) > 1 and _is_single_move(order):
        order = _moved(rng, moves, count, per_page)
    return order


def _is_single_move(order: Sequence[int]) -> bool:
    """Tell whether moving at most one column would put an order right."""
    count = len(order)
    for taken in range(count):
        rest = [column for position, column in enumerate(order) if position != taken]
        if rest == sorted(rest):
            return True
    return count == 0


def _moved(rng: random.Random, moves: Sequence[str], count: int, per_page: int) -> list[int]:
    """Apply reading errors to the columns of a story, each at a place drawn for it."""
    order, last = list(range(count)), count - 1
    for move in moves:
        if move == "swapped":
            first = rng.choice([column for column in range(last) if (column + 1) % per_page])
            order[first], order[first + 1] = first + 1, first
        elif move == "early":
            page_start = last - last % per_page
            before = rng.choice(range(page_start, last - 1) or range(last - 1))
            order.remove(last)
            order.insert(order.index(before), last)
        else:
            order.append(order.pop(order.index(rng.randint(1, count - 3))))
    return order


def _person(rng: random.Random) -> str:
    """Return an invented name."""
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN)


def _caption(rng: random.Random) -> str:
    """Return an invented caption or photo credit."""
    caption, name = rng.choice(_CAPTIONS), _person(rng)
    return rng.choice(
        (
            f"（{caption}）",
            f"{caption} {name}摄",
            f"（{caption.rstrip('。')}，{name}摄）",
            f"{caption} 本报记者 {name} 摄",
            f"{name}摄",
            f"{caption}（资料图片）",
        )
    )


def _add_captions(rng: random.Random, blocks: Sequence[list[Fragment]], geometry: _Geometry) -> None:
    """Put a caption at the head or foot of every column with a picture."""
    for column, block in enumerate(blocks):
        if _gap(geometry, column, geometry.height):
            _put(block, _added(_caption(rng)), at_head=rng.random() < 0.4)


def _put(block: list[Fragment], fragment: Fragment, *, at_head: bool) -> None:
    """Put a fragment at the head or foot of a block."""
    block.insert(0 if at_head else len(block), fragment)


def _add_page_marks(
    rng: random.Random, above: list[Fragment], blocks: Sequence[list[Fragment]], per_page: int
) -> None:
    """Put page heads, page numbers and notes of continuation where extraction leaves them.

    Args:
        rng: The source of chance.
        above: What stands above the columns of the first page; changed in place.
        blocks: The columns in the right order; changed in place.
        per_page: How many columns a page has.
    """
    marked, continued = rng.random() < 0.45, rng.random() < 0.3
    first_number = rng.randint(2, 12)
    marks = _page_marks(rng)
    for turn, first in enumerate(range(0, len(blocks), per_page)):
        page = blocks[first : first + per_page]
        number = first_number + turn
        if continued and turn:
            _put(page[0], _added(f"（上接第{number - 1}版）"), at_head=True)
        if continued and first + per_page < len(blocks):
            _put(page[-1], _added(f"（下转第{number + 1}版）"), at_head=False)
        if marked:
            mark, place = _added(next(marks).format(number=number)), rng.random()
            if place < 0.4:
                _put(page[0] if turn else above, mark, at_head=True)
            elif place < 0.7:
                _put(page[-1], mark, at_head=False)
            else:
                _put(rng.choice(page), mark, at_head=rng.random() < 0.5)


def _page_marks(rng: random.Random) -> Iterator[str]:
    """Yield the head of page after page, in the style of one newspaper, with a place for its number."""
    day = dt.date(2003, 1, 1) + dt.timedelta(days=rng.randrange(7000))
    date = f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"
    paper, section, editor, designer = rng.choice(_PAPERS), rng.choice(_SECTIONS), _person(rng), _person(rng)
    style = rng.choice(
        (
            f"{paper} {date} 第{{number}}版 {section}",
            f"{{number:02}} {section} {date}",
            f"{section} {paper} {{number}}",
            f"A{{number:02}} {section} 责任编辑：{editor} 美术编辑：{designer}",
            "第{number}版",
            "· {number} ·",
            "{number}",
        )
    )
    while True:
        yield style


def _foreign_block(
    rng: random.Random, other: Sequence[str], geometry: _Geometry, height: int
) -> list[Fragment]:
    """Return a column, or some whole paragraphs, of another story."""
    story = [paragraph for paragraph in other if paragraph.strip()] or list(_OTHER_STORY)
    if rng.random() < 0.5:
        size = min(len(story), rng.randint(2, 4))
        first = rng.randint(0, len(story) - size)
        return [_added(paragraph) for paragraph in story[first : first + size]]
    lines = _set_lines(story, range(len(story)), geometry)
    first = rng.randint(0, max(0, len(lines) - height))
    return [_added(fragment.text) for fragment in _fragments(story, lines[first : first + height])]


_SAMPLE = (
    "一条河与一座城",
    "——专访南江水利研究院总工程师陈敏",
    "本报记者 周思远",
    "记者：陈总您好！今年汛期来得比往年早，许多读者写信来问，我们的城市准备好了吗？",
    (
        "陈敏：谢谢读者的关心。从二月到现在，我们一共收到来信10792封，其中三分之一谈的是防汛。我可以负责任地说，"
        "主要堤段都按照五十年一遇的标准完成了加固，全长一百二十七公里，比去年多了三十五公里。但是（我要强调这一点）"
        "标准只是标准，水不会按照标准来。"
    ),
    (
        "我常对年轻同事讲一句话：“河有河的脾气，你不去听，它就要喊。”这几年我们在沿河布了四百多个监测点，就是为了"
        "把这个“听”字做到实处。"
    ),
    "记者：监测点的数据怎样用到调度里去？",
    "陈敏：",
    (
        "过去靠人。一个站两个人，一天报四次，电话一打就是半小时。现在数据每5分钟上传一次，误差不超过百分之二，模型"
        "半小时滚动计算一遍。2016年7月那场洪水，我们提前19个小时作出了预报，转移群众3.2万人，没有一人伤亡。"
    ),
    (
        "当然，模型也会错。去年八月它就错过一次，把雨量估高了将近40%，我们白白腾出了一个水库的库容。事后有人批评我们"
        "“小题大做”，我倒觉得这样的学费值得交。"
    ),
    "记者：有人认为，与其修堤，不如给洪水留出空间。您怎么看？",
    (
        "陈敏：这不是二选一的问题。《南江流域综合规划》里写得很清楚，上游蓄、中游滞、下游排，三者缺一不可。我们退出了"
        "六万亩圩田，恢复成湿地——这件事做了整整十一年，最难的不是工程，是搬迁。"
    ),
    "记者：搬迁的群众现在生活得怎么样？",
    (
        "陈敏：我每年都去看。大部分人在镇上有了新房，人均居住面积从18平方米增加到32平方米；也有人舍不得老屋，每到清明"
        "还要划船回去看一看……我理解他们。我自己就是在圩区长大的，小时候水一来，全家人就住到堤上，一住就是两三个月。"
    ),
    "记者：所以您选择了学水利？",
    (
        "陈敏：可以这样说。那时候填志愿，老师劝我学无线电，说有前途。我父亲没有读过书，他只说了一句：“你要是能让水听话，"
        "比什么都强。”"
    ),
    "记者：最后一个问题，您对正在读这张报纸的年轻人有什么话要说？",
    (
        "陈敏：多到河边走一走。数据可以在办公室里看，水不行。We often say, listen to the river first. "
        "这句话是我的一位外国同行讲的，我把它写在了办公室的墙上。"
    ),
    "记者：谢谢您接受我们的采访。",
    "陈敏：谢谢！",
)


def _check(paragraphs: Sequence[str], page: Damaged) -> None:
    """Raise AssertionError if a page does not hold its transcript exactly."""
    groups = truth(page)
    clean = [paragraph for paragraph in paragraphs if paragraph.strip()]
    assert ["".join(page.fragments[index].text for index in group) for group in groups] == clean
    for fragment in page.fragments:
        assert fragment.text
        if fragment.source is None:
            assert (fragment.start, fragment.end) == (0, 0)
        else:
            assert fragment.text == paragraphs[fragment.source][fragment.start : fragment.end]
    in_order = [index for group in groups for index in group]
    added = len(page.fragments) - len(in_order)
    assert page.damage in KINDS
    if page.damage == "none":
        assert not added
        assert len(groups) == len(page.fragments)
    if page.damage in ("none", "breaks", "interleaved"):
        assert in_order == sorted(in_order)
    if page.damage in ("swapped", "early", "dropped"):
        assert in_order != sorted(in_order)
    if page.damage == "breaks":
        assert any(len(group) > 1 for group in groups)
    if page.damage == "interleaved":
        assert added


def _self_check(seeds: int) -> dict[str, int]:
    """Check pages of many seeds and return how often each kind of damage occurred.

    Args:
        seeds: How many seeds to try.

    Returns:
        The number of pages of the invented transcript by damage.
    """
    counts = dict.fromkeys(KINDS, 0)
    longer = (*_SAMPLE, *_SAMPLE[3:], *_SAMPLE[3:])
    for seed in range(seeds):
        page = scramble(_SAMPLE, seed=seed)
        _check(_SAMPLE, page)
        assert page == scramble(list(_SAMPLE), seed=seed)
        counts[page.damage] += 1
        kind = KINDS[seed % len(KINDS)]
        _check(longer, scramble(longer, seed=seed, kind=kind, other=_SAMPLE[3:9]))
        part = _SAMPLE[seed % 11 : seed % 11 + seed % 8]
        _check(part, scramble(part, seed=seed, kind=kind))
    assert all(counts.values())
    return counts


if __name__ == "__main__":
    print(_self_check(2000))
