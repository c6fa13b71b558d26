"""Markdown is read for its words: marks undone, head and pictures set aside, labels as anywhere else."""

from summarizer.transcript import read

INTERVIEW = """\
---
title: "与一口井对话"
date: 2024-05-06T08:00
author: 陆沉
---

# 与一口井对话

*本刊记者 陆沉*

![井](a.png)

**《远山》：** 您第一次见到这口井是哪一年？

**宁远舟**：1987年。那时候我[刚毕业](https://a.example/x)，得了5**。

> 井比人老，要客气一点。

## 一、下井

** **《远山》** ：**下面有什么？

**宁********远舟**：水，还有水里的月亮。
"""


def test_an_interview_in_markdown() -> None:
    transcript = read(INTERVIEW.encode(), path="well.md")
    names = {speaker.id: speaker.name for speaker in transcript.speakers}

    assert (transcript.title, transcript.date) == ("与一口井对话", "2024-05-06")
    assert [
        (names[turn.speaker], [passage.text for passage in turn.passages]) for turn in transcript.turns
    ] == [
        ("《远山》", ["您第一次见到这口井是哪一年？"]),
        ("宁远舟", ["1987年。那时候我刚毕业，得了5**。", "井比人老，要客气一点。"]),
        ("《远山》", ["下面有什么？"]),
        ("宁远舟", ["水，还有水里的月亮。"]),
    ]
    kinds = [part.kind for part in transcript.front]
    assert kinds == ["other"] * 5 + ["title", "byline", "caption", "heading"]


def test_a_date_that_is_not_iso_is_left_to_the_editor() -> None:
    assert read(INTERVIEW.replace("2024-05-06T08:00", "5月6日").encode(), path="well.md").date is None


def test_the_same_words_as_text_have_no_head() -> None:
    assert read(INTERVIEW.encode(), path="well.txt").date is None


def test_two_rules_about_an_exchange_are_no_head() -> None:
    transcript = read(
        "---\n记者：来了吗？\n答：来了。\n---\n记者：走了吗？\n答：没有。\n".encode(), path="x.MD"
    )
    assert len(transcript.turns) == 4


def test_an_address_with_brackets_or_of_a_neighbour_is_a_link_all_the_same() -> None:
    page = (
        "问：见[公报](https://a.example/x_(y))吗？\n\n答：见[附表](b.html)。\n\n问：好。\n\n[答](笑)：好。\n"
    )
    transcript = read(page.encode(), path="x.md")
    assert [turn.passages[0].text for turn in transcript.turns][:3] == ["见公报吗？", "见附表。", "好。"]
