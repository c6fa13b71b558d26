"""Token counts are exact, offline, and no text makes them panic."""

import hashlib
import subprocess
import sys
import zlib
from base64 import b64encode

import pytest

from summarizer import tokens
from summarizer.errors import SummarizerError

PINNED = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


def test_the_vocabulary_is_the_one_that_openai_publishes() -> None:
    encoding = tokens.encoding()
    ranks = sorted(encoding._mergeable_ranks.items(), key=lambda item: item[1])
    text_form = b"".join(b64encode(token) + b" " + str(rank).encode() + b"\n" for token, rank in ranks)
    assert hashlib.sha256(text_form).hexdigest() == PINNED
    assert len(ranks) == 199_998
    assert encoding.eot_token == 199_999


def test_the_split_pattern_is_tiktokens_own(monkeypatch: pytest.MonkeyPatch) -> None:
    from tiktoken_ext import openai_public  # noqa: PLC0415 - the only test that needs it

    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", lambda *_, **__: {})
    theirs = openai_public.o200k_base()
    assert theirs["pat_str"] == tokens._PATTERN
    assert theirs["special_tokens"] == tokens._SPECIALS


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("hello world", 2), ("我们", 1), ("<|endoftext|>", 7), ("近180万条。", 5)],
)
def test_known_texts_have_known_counts(text: str, number: int) -> None:
    assert tokens.count(text) == number


@pytest.mark.parametrize("blank", [" ", "\u3000", "\t", "\n", " \n"])
def test_a_million_blanks_do_not_panic(blank: str) -> None:
    assert tokens.count("朱晨" + blank * 1_200_000 + "朱晨") > 4


def test_only_over_long_runs_are_cut_and_nothing_is_lost() -> None:
    text = "a" + " " * 100_000 + "b" + " " * 250_001 + "c"
    pieces = tokens._pieces(text)
    assert "".join(pieces) == text
    assert [len(piece) for piece in pieces] == [100_002, 100_000, 100_000, 50_001, 1]


def test_half_a_surrogate_pair_is_counted() -> None:
    assert tokens.count("\ud83d") > 0


@pytest.mark.parametrize("content", [b"no zlib", zlib.compress(b"\0\0\0\1\1a")])
def test_a_damaged_vocabulary_is_said(content: bytes, tmp_path, monkeypatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "o200k_base.zlib").write_bytes(content)
    monkeypatch.setattr(tokens.resources, "files", lambda _: tmp_path)
    with pytest.raises(SummarizerError, match="reinstall"):
        tokens._ranks()


def test_importing_the_doors_imports_no_heavy_package() -> None:
    doors = "summarizer.tokens, summarizer.cache, summarizer.files, summarizer.llm, summarizer.markdown"
    heavy = {"tiktoken", "diskcache", "ruamel.yaml", "openai", "markdown_it", "httpx2"}
    code = f"import sys, {doors}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
