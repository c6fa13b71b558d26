"""Chinese press conferences and interviews to English briefs that cite their source.

The steps, in the order in which a transcript passes through them, stand in
:mod:`summarizer.pipeline`. The values they hand to one another are in
:mod:`summarizer.values`.
"""

__version__ = "0.1.0"
