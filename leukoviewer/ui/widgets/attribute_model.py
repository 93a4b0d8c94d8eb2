"""The attributes of a file as a tree that Qt can show: searched, sorted, copied as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from leukoviewer.core.attributes import Attribute
from leukoviewer.ui.language import later, plural, tr

HEADERS = (later("Tag"), later("Attribute"), "VR", later("Value"))
Index = QModelIndex | QPersistentModelIndex
Path = tuple[int, ...]

_SORT_ROLE = Qt.ItemDataRole.UserRole
_TIP_CHARACTERS = 600


@dataclass(slots=True)
class Node:
    """One line of the tree: an attribute, or an item of a sequence."""

    cells: tuple[str, str, str, str]
    order: int
    searched: str
    path: Path
    parent: int
    row: int
    depth: int
    tip: str
    children: list[int]

    @property
    def line(self) -> str:
        """As it is copied: nested ones are led by signs as in DICOM's own tables."""
        return "\t".join((">" * self.depth + self.cells[0], *self.cells[1:]))


class AttributeModel(QAbstractItemModel):
    """Holds the lines; every line is found by its number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[Node] = []
        self._top: list[int] = []
        self._numbers: dict[Path, int] = {}
        self._text = ""
        self._found: set[int] | None = None

    def set_attributes(self, attributes: Sequence[Attribute]) -> None:
        """Hold these instead, under the same search."""
        self.beginResetModel()
        self._nodes = []
        self._top = self._add(attributes, parent=-1, path=(), depth=0)
        self._numbers = {node.path: number for number, node in enumerate(self._nodes)}
        self._found = self._search()
        self.endResetModel()

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._text

    def search(self, text: str) -> None:
        """Find the lines that hold every word in tag, keyword, name, VR or value."""
        self.beginResetModel()
        self._text = text
        self._found = self._search()
        self.endResetModel()

    @property
    def found_count(self) -> int:
        """How many attributes the search leaves, items not counted."""
        return sum(1 for number, node in enumerate(self._nodes) if node.searched and self.is_found(number))

    def find(self, path: Path) -> QModelIndex:
        """The first cell of the line at a path; an invalid index where there is none."""
        number = self._numbers.get(path)
        return QModelIndex() if number is None else self.index_of(number)

    def is_found(self, number: int) -> bool:
        """Whether the search leaves a line."""
        return self._found is None or number in self._found

    def _search(self) -> set[int] | None:
        """Numbers of the lines that hold every word, of those that lead to them and that lie in them; None for all."""
        words = self._text.casefold().split()
        if not words:
            return None
        shown: set[int] = set()
        for number, node in enumerate(self._nodes):
            # What lies in a line comes after it.
            if node.parent in shown or all(word in node.searched for word in words):
                shown.add(number)
        return shown | self._leading(shown)

    def _leading(self, numbers: Iterable[int]) -> set[int]:
        leading: set[int] = set()
        for number in numbers:
            above = self._nodes[number].parent
            while above >= 0 and above not in leading:
                leading.add(above)
                above = self._nodes[above].parent
        return leading

    def _add(self, attributes: Sequence[Attribute], *, parent: int, path: Path, depth: int) -> list[int]:
        numbers = []
        for row, one in enumerate(attributes):
            cells = (one.tag_text, one.title, one.vr, one.value)
            known = f"{one.tag_text} {one.tag:08x} {one.keyword} {one.name} {one.vr} {one.value}"
            here = (*path, one.tag)
            length = tr("length left open") if one.length is None else tr("{:,} bytes").format(one.length)
            tip = f"{one.name}  {one.tag_text}  {one.vr}  {length}\n{_short(one.value)}"
            node = Node(cells, one.tag, known.casefold(), here, parent, row, depth, tip, [])
            number = self._put(node)
            numbers.append(number)
            for place, item in enumerate(one.items):
                node.children.append(self._add_item(item, place, number))
        return numbers

    def _add_item(self, item: Sequence[Attribute], place: int, parent: int) -> int:
        above = self._nodes[parent]
        count = plural(len(item), "{} attribute", "{} attributes")
        cells = (tr("Item {}").format(place + 1), "", "", count)
        path, depth = (*above.path, place), above.depth + 1
        node = Node(cells, place, "", path, parent, place, depth, count, [])
        number = self._put(node)
        node.children += self._add(item, parent=number, path=path, depth=depth)
        return number

    def _put(self, node: Node) -> int:
        self._nodes.append(node)
        return len(self._nodes) - 1

    # Qt

    def node(self, index: Index) -> Node:
        """The line at an index of this model."""
        return self._nodes[index.internalId()]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own
        """The line of this row under a parent."""
        children = self.node(parent).children if parent.isValid() else self._top
        if 0 <= row < len(children) and 0 <= column < len(HEADERS):
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def index_of(self, number: int) -> QModelIndex:
        """The first cell of a line."""
        return self.createIndex(self._nodes[number].row, 0, number)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The line that this one lies in."""
        above = self.node(index).parent if index.isValid() else -1
        return QModelIndex() if above < 0 else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines lie in it."""
        if parent.isValid():
            return 0 if parent.column() else len(self.node(parent).children)
        return len(self._top)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Tag, attribute, VR and value."""
        return len(HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tip and order of a cell."""
        if not index.isValid():
            return None
        node, column = self.node(index), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return node.cells[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.tip
        if role == _SORT_ROLE:
            return node.order if column == 0 or not node.searched else node.cells[column].casefold()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADERS[section])
        return None


class FoundAttributes(QSortFilterProxyModel):
    """The lines that a search leaves, in the order that the reader chose."""

    def __init__(self, model: AttributeModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setSortRole(_SORT_ROLE)
        self.setSourceModel(model)

    def node(self, index: Index) -> Node:
        """The line at an index of this model."""
        return self._model.node(self.mapToSource(index))

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether the search leaves this line."""
        return self._model.is_found(self._model.index(row, 0, parent).internalId())

    def indexes(self, parent: QModelIndex | None = None) -> list[QModelIndex]:
        """The first cells of all lines that are left, as they stand."""
        above = QModelIndex() if parent is None else parent
        found: list[QModelIndex] = []
        for row in range(self.rowCount(above)):
            index = self.index(row, 0, above)
            found += [index, *self.indexes(index)]
        return found


def _short(value: str) -> str:
    return value if len(value) <= _TIP_CHARACTERS else f"{value[:_TIP_CHARACTERS]}…"
