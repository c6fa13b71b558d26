"""Quantities of Chinese and English text: read, compared, and told; standard library only."""

from summarizer.quantities.chinese import read_chinese
from summarizer.quantities.compare import Comparison, compare
from summarizer.quantities.english import read_english
from summarizer.quantities.gloss import gloss, is_figure, needs_gloss, value
from summarizer.quantities.quantity import Quantity

__all__ = [
    "Comparison",
    "Quantity",
    "compare",
    "gloss",
    "is_figure",
    "needs_gloss",
    "read_chinese",
    "read_english",
    "value",
]
