"""The reader's own statistics: a chart, the same in words, and a table to take away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from leukoviewer.core.reader_statistics import Counts, ReaderStatistics
from leukoviewer.ui.language import plural, tr
from leukoviewer.ui.widgets.agreement_chart import AgreementChart, Bar
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel


class StatisticsDialog(QDialog):
    """Shows statistics.

    Signals
    -------
    export_asked()
        Save all cases as CSV.
    """

    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readerStatistics")
        self.setWindowTitle(tr("Your statistics"))
        self.setMinimumWidth(640)
        self._head, self._words, self._left_out = (WrappedLabel(self) for _ in range(3))
        self._left_out.setObjectName("quiet")
        self.chart = AgreementChart(self)
        self.chart.setAccessibleName(tr("Agreement with the model"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.export_button = buttons.addButton(tr("Export as CSV…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.export_button.setToolTip(tr("One row a case, without a patient's name or number"))
        self.export_button.clicked.connect(self.export_asked)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (self._head, self.chart, self._words, self._left_out, buttons):
            column.addWidget(widget)
        for label in (self._head, self._words, self._left_out):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_statistics(self, found: ReaderStatistics) -> None:
        """Show these."""
        self._head.setText(head(found))
        self._words.setText(words(found))
        self._left_out.setText(left_out(found))
        self._left_out.setVisible(bool(left_out(found)))
        legend = (tr("You agree"), tr("You are unsure"), tr("You disagree"))
        self.chart.show_bars(bars(found) if found.cases else (), legend, told=words(found))
        self.chart.setVisible(bool(found.cases))
        self.export_button.setEnabled(bool(found.cases or found.opened_unasked or found.waiting))
        self.adjustSize()

    @property
    def told(self) -> str:
        """All its words."""
        return "\n".join(label.text() for label in (self._head, self._words, self._left_out))


def head(found: ReaderStatistics) -> str:
    """How many cases there are."""
    if not found.cases:
        return tr("No case counts yet: note an opinion in reader-first mode, then see the model's result.")
    return plural(
        found.cases, "One case with an opinion before the result", "{} cases with an opinion before the result"
    )


def words(found: ReaderStatistics) -> str:
    """The figures in words."""
    if not found.cases:
        return ""
    return "\n".join(
        (
            tr("Before the result you agreed with the model in {}; after it in {}.").format(
                _share(found.before), _share(found.after)
            ),
            tr("Changed toward the model: {}. Changed away from it: {}. Unchanged: {}.").format(
                found.toward, found.away, found.cases - found.toward - found.away
            ),
        )
    )


def left_out(found: ReaderStatistics) -> str:
    """What does not count, and why."""
    lines = (
        (found.opened_unasked, tr("Opened without an opinion and not counted: {}.")),
        (found.waiting, tr("With an opinion but no result yet: {}.")),
        (found.unreadable, tr("Records that cannot be read: {}.")),
    )
    return "\n".join(line.format(count) for count, line in lines if count)


def bars(found: ReaderStatistics) -> tuple[Bar, ...]:
    """Before, after, and the first opinions by how sure they were."""
    levels = [
        Bar(
            tr("Confidence {}").format(level.confidence), _parts(level.first),
            tr("toward {}, away {}").format(level.toward, level.away) if level.first.total else "",
            is_apart=not number,
        )
        for number, level in enumerate(found.by_confidence)
    ]  # fmt: skip
    before = Bar(tr("Before"), _parts(found.before), _percent(found.before))
    after = Bar(tr("After"), _parts(found.after), _percent(found.after))
    return (before, after, *levels)


def _parts(counts: Counts) -> tuple[int, int, int]:
    return counts.agrees, counts.unsure, counts.disagrees


def _percent(counts: Counts) -> str:
    return tr("{} % agree").format(round(100 * counts.agrees / counts.total)) if counts.total else ""


def _share(counts: Counts) -> str:
    return tr("{} of {}").format(counts.agrees, counts.total)
