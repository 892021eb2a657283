"""Folders as a tree: without those that lead to all photos alike, and without bare passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Folder:
    """A folder and the ones in it; `count` photos are in it or further down."""

    path: Path
    name: str
    count: int = 0
    folders: list[Folder] = field(default_factory=list)


def folder_tree(counts: Iterable[tuple[Path, int]]) -> list[Folder]:
    """The folders at the top, each with those below it, by name; `counts` tell how many photos lie
    directly in each.

    A folder without photos of its own stands there only where it joins several. The name of one
    whose parents were left out says them where two at the top would be called the same.
    """
    own = dict(counts)
    children: dict[Path, set[Path]] = {}
    for path in own:
        here = path
        while here.parent != here and here not in children.setdefault(here.parent, set()):
            children[here.parent].add(here)
            here = here.parent
    tops = [path for path in children if path.parent == path]
    tops += [path for path in own if path.parent == path and path not in children]

    def grow(path: Path) -> list[Folder]:
        """The folder, or the only way on from it."""
        while path not in own and len(children[path]) == 1:
            (path,) = children[path]
        inner = sorted(children.get(path, ()), key=lambda each: each.name.casefold())
        folders = [folder for child in inner for folder in grow(child)]
        count = own.get(path, 0) + sum(folder.count for folder in folders)
        return [Folder(path, path.name or str(path), count, folders)]

    grown = [folder for top in sorted(tops) for folder in grow(top)]
    if len(grown) == 1 and grown[0].path not in own:
        grown = grown[0].folders  # it would only say "all photos"
    names = [folder.name for folder in grown]
    for folder in grown:
        if names.count(folder.name) > 1 and folder.path.parent.name:
            folder.name = f"{folder.path.parent.name}/{folder.name}"
    return grown


def with_kept(folders: Sequence[Folder], before: Sequence[Folder]) -> Sequence[Folder]:
    """The folders; those that are as they were `before`, with all in them, are the same objects."""
    known = {folder.path: folder for folder in before}
    kept = [_kept(folder, known.get(folder.path)) for folder in folders]
    return before if _are_same(kept, before) else kept


def _kept(folder: Folder, before: Folder | None) -> Folder:
    if before is None:
        return folder
    folder.folders = [*with_kept(folder.folders, before.folders)]
    is_same = (folder.name, folder.count) == (before.name, before.count)
    return before if is_same and _are_same(folder.folders, before.folders) else folder


def _are_same(some: Sequence[Folder], others: Sequence[Folder]) -> bool:
    return [*map(id, some)] == [*map(id, others)]
