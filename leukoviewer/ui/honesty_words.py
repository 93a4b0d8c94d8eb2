"""What the checks of a heatmap say, in the reader's language (pure functions)."""

from __future__ import annotations

from leukoviewer.core.honesty import Honesty
from leukoviewer.ui.language import told, tr


def verdict(honesty: Honesty) -> str:
    """The verdict in plain words, with the sentences of the checks that speak against the heatmap."""
    if not honesty.failed:
        return told(honesty.verdict)
    sentences = "; ".join(told(finding.sentence).rstrip(".") for finding in honesty.failed)
    return tr("Localization not trustworthy here: {}.").format(f"{sentences[0].lower()}{sentences[1:]}")
