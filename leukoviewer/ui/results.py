"""What goes beyond one model's result: the findings table, and what follows from several results."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from leukoviewer.ui.actions import Handler
from leukoviewer.ui.comparing import Comparing
from leukoviewer.ui.heat_planes import Project
from leukoviewer.ui.judging_fidelity import JudgingFidelity
from leukoviewer.ui.judging_honesty import JudgingHonesty
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.tabling import Tabling
from leukoviewer.ui.workflow import Workflow


class Results(QObject):
    """Holds these parts together and names what the reader can do with them.

    Signals
    -------
    note(str)
        One sentence for the reader.
    """

    note = Signal(str)

    def __init__(
        self,
        session: Session,
        workflow: Workflow,
        window: MainWindow,
        *,
        go_to: Callable[[int], None],
        project: Project,
    ) -> None:
        super().__init__(window)
        self._session = session
        self.tabling = Tabling(session, window, go_to=go_to)
        self.fidelity = JudgingFidelity(session, window)
        self.comparing = Comparing(session, window, go_to=go_to, project=project)
        self.honesty = JudgingHonesty(session, workflow, window)
        self.comparing.note.connect(self.note)

    def handlers(self) -> dict[str, Handler]:
        """What the actions of these parts do."""
        return {
            "model.reset_limits": self._session.reset_cutoffs,
            "model.table": self.tabling.show,
            "model.key_image": self.tabling.toggle_key,
            "model.compare": self.comparing.show,
            "heatmap.honesty": self.honesty.show,
            "disputed.next": lambda: self.comparing.go_to_disputed(forward=True),
            "disputed.previous": lambda: self.comparing.go_to_disputed(forward=False),
            "view.fidelity": self.fidelity.explain,
        }

    def close(self) -> None:
        """Close their windows."""
        self.tabling.close()
        self.fidelity.close()
        self.comparing.close()
        self.honesty.close()
