"""Laws of the merge: nothing a person wrote is lost, and what nobody touched is new."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merging import base_of, merge, parse, refreshed, with_unit, without_unit

PAGE = (Path(__file__).parent.parent / "output" / "000_0d15fb7c8aabcb91.md").read_text(encoding="utf-8")
BASE = base_of(PAGE)
UNITS = [block for block in parse(PAGE) if block.is_unit]
FRONT = re.match(r"\A---\n.*?\n---\n", PAGE, re.DOTALL)[0]


def edited(page, seed, edits):
    """Random edits as people make them: words changed, blocks deleted, moved, added, notes between."""
    rng = random.Random(seed)
    blocks = [(b.text, b.gap) for b in parse(page)]
    written = []
    for number in range(edits):
        at = rng.randrange(1, len(blocks))
        text, gap = blocks[at]
        kind = rng.choice(["word", "delete", "move", "note", "section", "blank"])
        if kind == "word" and text:
            mark = f"reviewed{seed}x{number}"
            blocks[at] = (f"{text} {mark}", gap)
            written.append(mark)
        elif kind == "delete":
            gone = blocks.pop(at)
            written = [mark for mark in written if mark not in gone[0]]
        elif kind == "move":
            blocks.insert(rng.randrange(1, len(blocks)), blocks.pop(at))
        elif kind in {"note", "section"}:
            mark = f"note{seed}x{number}"
            blocks.insert(at, (f"## {mark}" if kind == "section" else f"A note of ours: {mark}.", "\n\n"))
            written.append(mark)
        else:
            blocks[at] = (text, gap + "\n")
    front = page[: len(page) - sum(len(b.text) + len(b.gap) for b in parse(page))]
    return front + "".join(text + gap for text, gap in blocks), written


def regenerated(seed):
    """The page as it would be written anew: some units with other words, one gone, one more."""
    rng = random.Random(seed)
    page = PAGE
    for unit in rng.sample(UNITS, 6):
        first, _, rest = unit.text.partition(". ")
        page = page.replace(
            unit.text, f"{first} anew{seed}. {rest}" if rest else f"{unit.text} anew{seed}", 1
        )
    return page


def test_a_page_is_cut_without_loss():
    assert FRONT + "".join(block.text + block.gap for block in parse(PAGE)) == PAGE
    ids = {block.key for block in UNITS}
    assert {"headline", "deck", "p10", "p37", "speaker-zhu-chen", "speaker-zhu-chen/title"} <= ids
    assert len(ids) == len(UNITS)


def test_nothing_changed_is_nothing_changed():
    merged = merge(PAGE, BASE, PAGE)
    assert (merged.page, merged.proposals, merged.deleted) == (PAGE, (), ())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_a_reviewed_page_stays_byte_for_byte_when_nothing_new_is_written(seed, edits):
    reviewed, _ = edited(PAGE, seed, edits)
    merged = merge(reviewed, BASE, PAGE)
    again = merge(merged.page, BASE, PAGE)

    assert merged.proposals == ()
    assert again.page == merged.page, "merging twice is merging once"
    gone = {block.key for block in parse(PAGE) if not block.is_unit} - {b.key for b in parse(reviewed)}
    if not gone:  # what is ours and was deleted or edited comes back
        assert merged.page == reviewed


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_page_nobody_touched_is_the_new_one(seed):
    new = regenerated(seed)
    merged = merge(PAGE, BASE, new)
    assert (merged.page, merged.proposals) == (new, ())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_every_line_a_person_wrote_is_in_the_page_or_in_a_proposal(seed, edits):
    reviewed, written = edited(PAGE, seed, edits)
    new = regenerated(seed + 1)
    merged = merge(reviewed, BASE, new)
    everything = merged.page + "".join(proposal.reviewed for proposal in merged.proposals)

    assert [mark for mark in written if mark not in everything] == []
    anew = f"anew{seed + 1}"
    for proposal in merged.proposals:
        # A title belongs to whom it stands under: moved under another name, it is that person's reviewed title.
        is_moved = proposal.unit.endswith("/title")
        assert is_moved or proposal.reviewed not in {unit.text for unit in UNITS}
    expected = {b.key for b in parse(new) if b.is_unit and anew in b.text}
    there = {b.key: b.text for b in parse(merged.page) if b.is_unit}
    for key in expected & there.keys():
        assert anew in there[key] or key in {proposal.unit for proposal in merged.proposals}


def test_both_sides_changed_is_a_proposal_with_both_texts():
    reviewed = PAGE.replace("May I ask what arrangements", "Could you say what arrangements", 1)
    new = PAGE.replace("May I ask what arrangements", "What arrangements", 1)
    merged = merge(reviewed, BASE, new)

    (proposal,) = merged.proposals
    assert proposal.unit == "p25"
    assert "Could you say" in proposal.reviewed
    assert "What arrangements" in proposal.proposed
    assert merged.page == reviewed


def test_the_same_change_on_both_sides_is_fine():
    both = PAGE.replace("May I ask what arrangements", "What arrangements", 1)
    assert merge(both, BASE, both).proposals == ()


def test_a_deleted_unit_stays_deleted_with_its_chinese_and_is_told():
    at = PAGE.index('<a id="p25">')
    reviewed = PAGE[:at] + PAGE[PAGE.index("### He Zhen", at) :]
    merged = merge(reviewed, BASE, PAGE)

    assert merged.deleted == ("p25",)
    assert '<a id="p25">' not in merged.page
    assert merged.page == reviewed


def test_an_edit_inside_a_block_of_ours_is_kept_below_it():
    reviewed = PAGE.replace("> Draft. Machine translation", "> Draft, seen by me. Machine translation", 1)
    merged = merge(reviewed, BASE, PAGE)

    ours, theirs = (merged.page.index(words) for words in ("> Draft. Machine", "> Draft, seen by me."))
    assert ours < theirs


def test_a_new_claim_is_proposed_where_people_touched_the_speakers_list():
    item = next(unit.text for unit in UNITS if unit.key == "zhu-chen-6de7b3")
    fresh = item.replace("zhu-chen-6de7b3", "zhu-chen-abcdef").replace(
        "Zhejiang collected", "A province collected"
    )
    new = PAGE.replace(item, f"{item}\n{fresh}", 1)

    assert "zhu-chen-abcdef" in merge(PAGE, BASE, new).page
    touched = merge(PAGE.replace("Zhejiang collected", "The province collected", 1), BASE, new)
    assert "zhu-chen-abcdef" not in touched.page
    assert [proposal.unit for proposal in touched.proposals] == ["zhu-chen-abcdef"]


def test_without_a_base_every_unit_counts_as_reviewed():
    new = PAGE.replace("May I ask what arrangements", "What arrangements", 1)
    merged = merge(PAGE, base_of(""), new)

    assert [proposal.unit for proposal in merged.proposals] == ["p25"]
    assert "May I ask what arrangements" in merged.page


@pytest.mark.parametrize(("mark", "end"), [("", "\r\n"), ("\ufeff", "\n"), ("\ufeff", "\r\n")])
def test_line_ends_and_byte_order_mark_are_the_persons(mark, end):
    reviewed = mark + PAGE.replace("\n", end)
    new = PAGE.replace("May I ask what arrangements", "What arrangements", 1)

    assert merge(reviewed, BASE, PAGE).page == reviewed
    assert merge(reviewed, BASE, new).page == mark + new.replace("\n", end)


def test_keys_that_people_added_to_the_front_matter_stay():
    reviewed = PAGE.replace("\n---\n", '\ndesk: "Asia"\ntags:\n  - law\n---\n', 1)
    merged = merge(reviewed, BASE, PAGE)
    assert merged.page == reviewed


def test_our_blocks_are_derived_from_what_the_page_says_now():
    derived = PAGE.replace(
        "> Draft. Machine translation from recorded answers; not yet reviewed.", "> Reviewed.", 1
    )
    reviewed = PAGE.replace("May I ask what arrangements", "Could you say what arrangements", 1)
    page = refreshed(reviewed, PAGE, derived)

    assert "> Reviewed." in page
    assert "> Draft." not in page
    assert "Could you say what arrangements" in page


def test_a_unit_is_put_in_its_place():
    page = with_unit(PAGE, "p25", '<a id="p25"></a>**¶25** Other words.')
    assert "**¶25** Other words." in page
    assert "May I ask what arrangements" not in page


@pytest.mark.parametrize("form", [merge, lambda page, _, new: refreshed(page, page, new)])
def test_what_follows_a_list_stays_apart_from_it_when_its_last_item_goes(form):
    page = "## Findings\n\n- one\n- two\n\nSupport: none.\n"
    new = page.replace("- two\n", "")
    made = form(page, base_of(page), new)
    assert getattr(made, "page", made) == new


def test_a_unit_is_taken_out_without_joining_its_neighbours():
    page = '- <a id="x-000001"></a>One.\n- <a id="x-000002"></a>Two.\n\nA note.\n'
    assert without_unit(page, "x-000002") == '- <a id="x-000001"></a>One.\n\nA note.\n'
