"""Finds the model package that a command asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leukoviewer.errors import UsageError

if TYPE_CHECKING:
    from leukoviewer.packages.archive import Package


def choose(model_id: str | None) -> Package:
    """The package of this id, or the default one.

    Raises
    ------
    UsageError
        There is no package of this id.
    PackageError
        It is damaged, or there is none at all.
    """
    from leukoviewer.packages.store import PackageStore

    store = PackageStore.of_this_machine()
    if model_id is None:
        return store.default()
    known = [package.id for package in store.packages()]
    if model_id not in known:
        names = ", ".join(known) or "none"
        raise UsageError(f"There is no model {model_id} on this machine; installed models: {names}.", thing=model_id)
    return store.get(model_id)
