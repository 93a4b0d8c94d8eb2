"""The window's start: the composition root, the only file that knows everything.

Qt comes first and the slow packages (pydicom, ONNX Runtime, torch) when a job needs them, in the job's thread, so that
the window stands within a second.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from leukoviewer import log_file, settings
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import LeukoError, PackageError
from leukoviewer.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QApplication

    from leukoviewer.core.attributes import FileAttributes
    from leukoviewer.core.honesty import Honesty
    from leukoviewer.core.results import Analysis, StackMapping
    from leukoviewer.core.series import Catalog, Series
    from leukoviewer.core.volume import Volume
    from leukoviewer.packages.manifest import Layout
    from leukoviewer.packages.store import PackageStore
    from leukoviewer.ui.snapshot import SnapshotPlan
    from leukoviewer.ui.values import HeatmapChoice, ModelChoice, Tasks
    from leukoviewer.ui.viewer import Viewer

# What the Qt libraries of a bare Debian or Ubuntu lack.
_APT = (
    "sudo apt-get install -y libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 "
    "libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)


@dataclass(frozen=True, slots=True)
class Start:
    """What the window begins with; see :func:`run_window`."""

    folder: Path | None = None
    snapshot: Path | None = None
    analyze: bool = False
    slice_number: int | None = None
    device: str = "auto"
    model: str | None = None
    heatmap: bool = True

    @property
    def is_picture(self) -> bool:
        """Whether the window only makes a picture and leaves."""
        return self.snapshot is not None


def run_window(
    folder: Path | None = None,
    *,
    snapshot: Path | None = None,
    analyze: bool = False,
    slice_number: int | None = None,
    device: str = "auto",
    model: str | None = None,
    heatmap: bool = True,
) -> int:
    """Show the window and stay until it is closed, or make a picture of it and leave.

    Parameters
    ----------
    folder : Path, optional
        Folder (or file) to open.
    snapshot : Path, optional
        PNG file to save the window into; settings are neither read nor written then.
    analyze : bool
        Run the model as soon as the series is loaded.
    slice_number : int, optional
        Slice to go to, from 1 at the vertex; a picture after a run shows the most suspicious one otherwise.
    device : str
        ``auto``, ``cpu``, ``cuda`` or ``mps``, for this time only; ``auto`` leaves the remembered choice.
    model : str, optional
        Id of the package to choose.
    heatmap : bool
        Whether the heatmap shows at the start.

    Returns
    -------
    int
        Exit code: 0 done, 3 nothing readable, 4 refused, 7 the picture cannot be written, and so on
        (:mod:`leukoviewer.errors`).

    Raises
    ------
    LeukoError
        Qt cannot start here; the sentence names what to install.
    KeyboardInterrupt
        The program was asked to end by Ctrl+C or SIGTERM; all work is stopped then.
    """
    start = Start(folder, snapshot, analyze, slice_number, device, model, heatmap)
    saved, note = (Settings(language="en"), "") if start.is_picture else settings.load()
    _import_torch_first(_device(start, saved))
    application = _application()
    from leukoviewer.ui import language
    from leukoviewer.ui.stopping import stoppable

    language.install(application, saved.language)
    viewer = _viewer(start, saved)
    _listen_to_finder(application, viewer)
    try:
        with nullcontext() if start.is_picture else log_file.kept(), stoppable(application):
            return _run(application, viewer, start=start, note=note)
    finally:
        viewer.close()
        viewer.window.deleteLater()
        viewer.deleteLater()


def _device(start: Start, saved: Settings) -> str:
    """Where models run: as asked for now, else as remembered."""
    return saved.device if start.device == "auto" else start.device


def _viewer(start: Start, saved: Settings) -> Viewer:
    from leukoviewer.ui.settings_store import SettingsStore
    from leukoviewer.ui.viewer import Viewer

    viewer = Viewer(_tasks(), SettingsStore(saved, keep=not start.is_picture))
    viewer.session.set_device(_device(start, saved))
    viewer.session.set_style(viewer.session.style.with_visible(visible=start.heatmap))
    return viewer


def _listen_to_finder(application: QApplication, viewer: Viewer) -> None:
    from leukoviewer.ui.file_open import FileOpen

    opener = FileOpen(viewer)
    opener.asked.connect(viewer.opening.open)
    opener.listen(application)


def _run(application: QApplication, viewer: Viewer, *, start: Start, note: str) -> int:
    from leukoviewer.ui.messages import Kind
    from leukoviewer.ui.snapshot import SIZE_PX, Snapshot, SnapshotPlan

    codes: list[int] = []

    def end(error: LeukoError | None) -> None:
        if error is not None:
            sys.stderr.write(f"leukoviewer: {error}\n")
            viewer.window.message_bar.tell(str(error), kind=Kind.ERROR)
        if start.is_picture:
            codes.append(0 if error is None else error.exit_code)
            application.quit()

    plan = SnapshotPlan(start.snapshot, analyze=start.analyze, slice_number=start.slice_number)
    if start.folder is not None and _has_plan(plan):
        Snapshot(viewer, plan).finished.connect(end)
    if start.is_picture:
        viewer.window.resize(*SIZE_PX)
    viewer.window.show()
    viewer.begin(start.folder, model=start.model or "")
    viewer.window.message_bar.tell(note, kind=Kind.WARNING)
    if not start.is_picture and viewer.store.value.notice_is_due:
        viewer.show_notice(to_accept=True)
    with _faults_told(end):
        code = application.exec()
    return codes[0] if codes else code


def _has_plan(plan: SnapshotPlan) -> bool:
    return plan.file is not None or plan.analyze or plan.slice_number is not None


# Qt


def _application() -> QApplication:
    """The Qt application, made once a process, or a sentence on what is missing."""
    try:
        from PySide6.QtCore import QLocale
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise LeukoError(f"The window cannot start: {error}. On Debian or Ubuntu run: {_APT}", thing=error) from error
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    _check_x11()
    # One language, one way to write numbers: a comma read as a point would be a wrong window or threshold.
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application = QApplication(["leukoviewer"])
    application.setApplicationName("leukoviewer")
    application.setApplicationDisplayName("LeukoViewer")
    from leukoviewer.ui import theme

    theme.apply(application)
    return application


def _check_x11() -> None:
    """Qt ends the process without a word to Python when its X11 part lacks a library; so it is tried first."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform != "linux" or not os.environ.get("DISPLAY") or (platform and not platform.startswith("xcb")):
        return
    if os.environ.get("WAYLAND_DISPLAY") and not platform:
        return
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        raise LeukoError(f"The window cannot start: {error}. On Debian or Ubuntu run: {_APT}", thing=error) from error


@contextmanager
def _faults_told(tell: Callable[[LeukoError | None], None]) -> Generator[None, None, None]:
    """A fault in an answer to a click or a signal is told as a sentence; Qt would write a traceback and go on.

    A traceback may hold the path of a patient's folder, and the reader would see nothing at all.
    """
    from leukoviewer.jobs.job import unexpected

    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            tell(error if isinstance(error, LeukoError) else unexpected(error.with_traceback(trace)))
        else:
            before(kind, error, trace)

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


def _import_torch_first(device: str, platform: str = sys.platform) -> None:
    """On Windows torch's libraries load only before Qt's; elsewhere torch waits until a model needs it."""
    if platform != "win32" or device == "cpu":
        return
    from importlib.util import find_spec

    has_driver = device == "cuda" or _loads("nvcuda.dll")
    if has_driver and find_spec("torch") is not None:
        import torch  # noqa: F401


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# Tasks: each a generator, so that its imports run in the thread of its lane


def _tasks() -> Tasks:
    from leukoviewer.dicom.result_objects import result_objects
    from leukoviewer.ui.values import Tasks

    return Tasks(
        discover=_discover,
        load=_load,
        analyze=_analyze,
        explain=_explain,
        judge=_judge,
        thumbnail=_thumbnail,
        attributes=_attributes,
        models=_models,
        warm_up=_warm_up,
        engines=_engines,
        project=_project,
        dicom_results=result_objects,
        clean=_clean,
    )


def _discover(path: Path) -> Work[Catalog]:
    from leukoviewer.dicom.discovery import discover

    return (yield from discover(path))


def _load(series: Series, *, first: int | None = None) -> Work[Volume]:
    from leukoviewer.dicom.loader import load

    return (yield from load(series, first=first))


def _analyze(volume: Volume, package_id: str, device: str) -> Work[Analysis]:
    yield Progress(0, 0, "Loading the model")
    from leukoviewer.inference.pipeline import analyze

    return (yield from analyze(volume, _store().get(package_id), device=device))


def _explain(result: Analysis, volume: Volume, method: str, device: str) -> Work[Analysis]:
    yield Progress(0, 0, "Loading the model")
    from leukoviewer.inference.explain import explained

    package = _store().get(result.package.id)
    return (yield from explained(result, volume, package, method=method, device=device))


def _judge(result: Analysis, volume: Volume) -> Work[Honesty]:
    yield Progress(0, 0, "Loading the model")
    from leukoviewer.inference.honesty import judge

    return (yield from judge(result, volume, _store().get(result.package.id)))


def _thumbnail(series: Series) -> NDArray[np.uint8]:
    from leukoviewer.dicom.thumbnails import thumbnail

    return thumbnail(series)


def _attributes(path: Path) -> Work[FileAttributes]:
    from leukoviewer.dicom.attributes import read_attributes

    return (yield from read_attributes(path))


def _clean(series: Series) -> Work[None]:
    from leukoviewer.dicom.anonymize import cleaned
    from leukoviewer.dicom.pseudonym_key import pseudonym_key

    yield from cleaned(series, key=pseudonym_key())


def _project(raw: NDArray[np.float32], mapping: StackMapping) -> NDArray[np.float32]:
    from leukoviewer.preprocessing.projection import project

    return project(raw, mapping)


def _models() -> Work[tuple[ModelChoice, ...]]:
    yield Progress(0, 0, "Looking for models")
    from leukoviewer.packages.manifest import Layout
    from leukoviewer.ui.model_choices import choices

    store = _store()
    packages = store.packages()
    try:
        default_id = store.default().id
    except PackageError:
        default_id = ""
    return choices(packages, default_id, heatmaps={layout: _heatmaps(layout) for layout in Layout})


def _heatmaps(layout: Layout) -> tuple[HeatmapChoice, ...]:
    """The methods for heatmaps that models of a layout offer here."""
    from leukoviewer.inference.explain import methods, missing
    from leukoviewer.inference.methods import METHODS
    from leukoviewer.ui.values import HeatmapChoice

    offered = [(key, METHODS[key]) for key in methods(layout)]
    return tuple(HeatmapChoice(key, one.name, one.tip, one.slow, missing(key)) for key, one in offered)


def _warm_up() -> Work[None]:
    yield Progress(0, 0)
    import leukoviewer.dicom.discovery

    yield Progress(0, 0)
    import leukoviewer.inference.pipeline  # noqa: F401


def _engines() -> Work[tuple[str, ...]]:
    from leukoviewer.inference.engines_here import engines

    return (yield from engines())


def _store() -> PackageStore:
    from leukoviewer.packages.store import PackageStore

    return PackageStore.of_this_machine()
