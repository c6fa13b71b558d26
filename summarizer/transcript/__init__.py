"""Bytes to transcript: numbered paragraphs, who speaks, in which order, what was mended."""

from summarizer.transcript.reading import read

__all__ = ["read"]
