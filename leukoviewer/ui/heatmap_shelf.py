"""Keeps the heatmaps made by other methods beside the results that they explain, and which one is shown of each."""

from __future__ import annotations

from leukoviewer.core.results import Analysis

# Key of a series and id of a package.
ResultKey = tuple[str, str]


class HeatmapShelf:
    """Variants of results that differ by their maps alone; the results themselves lie in the session."""

    def __init__(self) -> None:
        self._kept: dict[ResultKey, dict[str, Analysis]] = {}
        self._shown: dict[ResultKey, str] = {}

    def put(self, result: Analysis, variant: Analysis) -> bool:
        """Keep a variant of a result; False, and nothing is kept, when it is the variant of another one."""
        if _key(result) != _key(variant) or result.package != variant.package or result.scores != variant.scores:
            return False
        self._kept.setdefault(_key(result), {})[variant.heatmap_method] = variant
        return True

    def has(self, result: Analysis, method: str) -> bool:
        """Whether a result's heatmap by a method is at hand; its own always is."""
        return method == result.heatmap_method or method in self._kept.get(_key(result), {})

    def show(self, result: Analysis, method: str) -> None:
        """From now on this one of the heatmaps at hand is shown.

        Raises
        ------
        KeyError
            The heatmap is not at hand.
        """
        if not self.has(result, method):
            raise KeyError(method)
        self._shown[_key(result)] = method

    def shown(self, result: Analysis) -> Analysis:
        """The variant of a result whose heatmap is shown, at first the result itself."""
        method = self._shown.get(_key(result), result.heatmap_method)
        return self._kept.get(_key(result), {}).get(method, result)

    def forget(self, key: ResultKey) -> None:
        """The result of this series and package is another one now, or gone."""
        self._kept.pop(key, None)
        self._shown.pop(key, None)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._shown.clear()


def _key(result: Analysis) -> ResultKey:
    return result.series_key, result.package.id
