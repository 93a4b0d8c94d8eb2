"""Draws the heatmap panels of a grid's chosen runs: the one step of its report that needs models and images."""

from __future__ import annotations

from pathlib import Path

from torch._weights_only_unpickler import UnpicklingError  # type: ignore[attr-defined] # what torch.load raises

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import UsageError
from trainer.data.cache import CacheContent, fill
from trainer.data.cases import Case, CaseSet
from trainer.evaluation.panel_truth import truth_of
from trainer.evaluation.panels import TestSide, Truth, write_panels
from trainer.evaluation.rebuild import GridResult
from trainer.evaluation.tables import CellResult, RunResult
from trainer.export_run import TrainedRun


def draw_panels(result: GridResult, found: CaseSet, root: Path, *, cache: Path, workers: int = 1) -> Work[int]:
    """Make the panels that the chosen runs do not keep yet; return how many runs got some.

    Parameters
    ----------
    result : GridResult
        The grid's tables; of each cell the run that was best on validation is drawn.
    found : CaseSet
        The patients that the grid was trained on.
    root : Path
        Their folder; a simulated cohort knows where the disease is.
    cache : Path
        Prepared stacks; what is missing is prepared.
    workers : int
        Processes that prepare.

    Raises
    ------
    UsageError
        A run's checkpoint is damaged.
    CannotWriteError
        A picture cannot be written.
    """
    waiting = [run for cell in result.finished if (run := _without_panels(cell)) is not None]
    prepared: dict[str, tuple[CacheContent, Truth | None]] = {}
    drawn = 0
    for done, run in enumerate(waiting):
        yield Progress(done, len(waiting), "Drawing heatmaps")
        trained = _trained(run)
        recipe = trained.recipe()
        if recipe.digest not in prepared:
            cases = _test_cases(found, run)
            content = yield from fill(cases, recipe, cache, workers=workers)
            prepared[recipe.digest] = content, truth_of(root, cases, recipe)
        content, truth = prepared[recipe.digest]
        side = TestSide(recipe, run.run.layout, content, content.cases, run.tables["test"], truth)
        drawn += write_panels(run.run.folder.path, trained.network(), side, figures=run.figures) is not None
    yield Progress(len(waiting), len(waiting), "Drawing heatmaps")
    return drawn


def _without_panels(cell: CellResult) -> RunResult | None:
    """The cell's chosen run, when it keeps no panels and its weights are still there."""
    run = cell.chosen
    if run is None or not run.run.folder.best.is_file() or (run.run.folder.path / "panels" / "panels.json").is_file():
        return None
    return run


def _trained(run: RunResult) -> TrainedRun:
    """The run without its figures, which the tables have made anew."""
    import torch

    folder = run.run.folder
    config, noted = folder.read_config()
    try:
        checkpoint = torch.load(folder.best, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, LookupError, UnpicklingError) as error:
        message = f"The checkpoint of {folder.path.name} is damaged; train it again, or leave out --data."
        raise UsageError(message, thing=folder.best) from error
    return TrainedRun(folder, config, noted, {}, checkpoint)


def _test_cases(found: CaseSet, run: RunResult) -> tuple[Case, ...]:
    """The patients of the run's test side.

    Raises
    ------
    UsageError
        The data hold none of them.
    """
    wanted = set(run.tables["test"].patients)
    cases = tuple(case for case in found.cases if case.id in wanted)
    if not cases:
        raise UsageError("The data hold none of the grid's test patients; give the --data of the grid.")
    return cases
