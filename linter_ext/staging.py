"""What is about to be committed, or has been since another commit, as git tells it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from linter_ext.git import GitError, ask_git, find_top

Texts = Mapping[str, bytes | None]
"""Files relative to the project root, forward slashes, each with what it holds; None for none."""

_RAW = ("--raw", "-z", "--no-renames", "--ignore-submodules=none")
_FILE = "100"
_SUBMODULE = "160000"
_ADDED, _GONE, _UNMERGED = "A", "D", "U"
_UTF_8 = "utf-8"
_LARGEST = 16 * 1024 * 1024
"""What is larger is no source, and is taken for empty."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a project.

    A rename is a file that goes and a file that comes.

    Attributes:
        before:     for each version that is changed, what those files held in it that it does
                    not share with the changed one. There are several in a merge.
        after:      the files that hold something else in the changed version than on the disk.
        submodules: the submodules that are moved to another commit.
    """

    before: tuple[Texts, ...]
    after: Texts
    submodules: frozenset[str] = frozenset()

    @property
    def paths(self) -> frozenset[str]:
        """The files that are different from those of some version before."""
        return frozenset().union(*self.before)

    @property
    def own(self) -> frozenset[str]:
        """The files that are different from those of every version before.

        What a merge takes over as it is from one side is not the merge's own.
        """
        first, *others = (frozenset(texts) for texts in self.before)
        return first.intersection(*others)


class Commits(NamedTuple):
    """Two commits, of which the second is compared with what it has in common with the first."""

    old: str
    new: str


def read_change(root: Path, commits: Commits | None = None) -> Change:
    """Return what git's index changes against HEAD, or what commits change.

    While a merge is under way, the index is compared with each commit that is merged.

    Args:
        root:    the project root, anywhere in a working tree of git's.
        commits: what to compare instead of HEAD and the index.

    Raises:
        GitError: if there is no git, no working tree, or no such commit.
    """
    repository = _open(root)
    if commits is None:
        changed = [repository.staged(tree) for tree in repository.heads()]
        elsewhere = repository.unstaged()
    else:
        changed = [repository.committed(commits)]
        elsewhere = repository.differing(commits.new)
    blobs = repository.blobs([*changed, elsewhere])
    # What is deleted may lie on the disk all the same.
    gone = {entry.path: None for entries in changed for entry in entries if entry.status == _GONE}
    return Change(
        before=tuple(blobs.texts(entries) for entries in changed),
        after={**gone, **blobs.texts(elsewhere)},
        submodules=frozenset(
            entry.path for entries in changed for entry in entries if entry.is_submodule
        ),
    )


class _Entry(NamedTuple):
    """A file that is not the same in two versions.

    Attributes:
        path:   relative to the project root.
        mode:   what kind of file it was in the first version.
        blob:   what it held there.
        status: what became of it, in git's letters.
        is_submodule: whether it is a submodule.
    """

    path: str
    mode: str
    blob: str
    status: str
    is_submodule: bool


class _Blobs(NamedTuple):
    """What files hold, by git's names of it."""

    contents: Mapping[str, bytes]

    def texts(self, entries: Sequence[_Entry]) -> dict[str, bytes | None]:
        """Return what the entries held in the first version."""
        return {
            entry.path: None if entry.status == _ADDED else self.contents.get(entry.blob, b"")
            for entry in entries
            if not entry.is_submodule
        }


@dataclass(frozen=True, slots=True)
class _Repository:
    """A working tree of git's.

    Attributes:
        top:    its topmost folder.
        prefix: the project root in it, with a slash at its end; empty for the topmost folder.
    """

    top: Path
    prefix: str

    def heads(self) -> list[str]:
        """Return the trees that a commit would change: of HEAD, and of what is merged into it."""
        found = self._resolved("HEAD")
        if found is None:  # Nothing has been committed yet.
            return [self._ask("hash-object", "-t", "tree", "--stdin").strip()]
        place = self.top / self._ask("rev-parse", "--git-path", "MERGE_HEAD").rstrip("\n")
        return [found, *(place.read_text().split() if place.is_file() else ())]

    def staged(self, tree: str) -> list[_Entry]:
        """Return what the index changes."""
        options = ("--cached", "--ita-invisible-in-index")
        return self._entries("diff-index", *options, *_RAW, tree)

    def unstaged(self) -> list[_Entry]:
        """Return the files of the index that are different on the disk."""
        found = self._entries("diff-files", "--ita-invisible-in-index", *_RAW)
        return [item for item in found if item.status != _UNMERGED and not item.is_submodule]

    def committed(self, commits: Commits) -> list[_Entry]:
        """Return what commits change."""
        old, new = (self._commit(name) for name in commits)
        try:
            base = self._ask("merge-base", old, new).split()[0]
        except GitError:
            base = old
        return self._entries("diff-tree", "-r", *_RAW, base, new)

    def differing(self, commit: str) -> list[_Entry]:
        """Return the files of a commit that are different on the disk."""
        found = self._entries("diff-index", *_RAW, self._commit(commit))
        return [item for item in found if not item.is_submodule]

    def blobs(self, changes: Sequence[Sequence[_Entry]]) -> _Blobs:
        """Return what the files held in the first versions; links and submodules hold nothing."""
        wanted = sorted(
            {
                entry.blob
                for entries in changes
                for entry in entries
                if entry.mode.startswith(_FILE) and entry.blob.strip("0")
            }
        )
        if not wanted:
            return _Blobs({})
        sizes = self._cat("--batch-check", wanted).decode("ascii").splitlines()
        source = [line.split()[0] for line in sizes if _is_source(line)]
        return _Blobs(dict(_contents(self._cat("--batch", source))))

    def _cat(self, option: str, blobs: Iterable[str]) -> bytes:
        lines = "".join(f"{blob}\n" for blob in blobs)
        return ask_git(self.top, "cat-file", option, text=lines.encode("ascii"))

    def _entries(self, *command: str) -> list[_Entry]:
        limits = ("--", self.prefix) if self.prefix else ()
        fields = self._ask(*command, *limits).split("\0")[:-1]
        return [self._entry(*pair) for pair in zip(fields[::2], fields[1::2], strict=True)]

    def _entry(self, description: str, path: str) -> _Entry:
        mode, new_mode, blob, _, status = description.removeprefix(":").split()
        return _Entry(
            path=path.removeprefix(self.prefix),
            mode=mode,
            blob=blob,
            status=status[:1],
            is_submodule=_SUBMODULE in (mode, new_mode),
        )

    def _commit(self, name: str) -> str:
        found = self._resolved(name)
        if found is None:
            raise GitError(f"there is no commit '{name}' in this clone")
        return found

    def _resolved(self, name: str) -> str | None:
        try:
            return self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
        except GitError:
            return None

    def _ask(self, *arguments: str) -> str:
        return ask_git(self.top, *arguments).decode(_UTF_8, "surrogateescape")


def _open(root: Path) -> _Repository:
    top = find_top(root)
    below = Path(os.path.relpath(os.path.realpath(root), os.path.realpath(top))).as_posix()
    if below.startswith(".."):
        raise GitError(f"the project root lies outside the working tree '{top.as_posix()}'")
    return _Repository(top, "" if below == "." else f"{below}/")


def _is_source(described: str) -> bool:
    """Return whether a line of `git cat-file --batch-check` is about what may be source."""
    size = described.rsplit(maxsplit=1)[-1]
    return size.isdigit() and int(size) <= _LARGEST


def _contents(printed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs in the output of `git cat-file --batch`; those that are missing are not."""
    position = 0
    while position < len(printed):
        end = printed.index(b"\n", position)
        name, *rest = printed[position:end].decode("ascii").split()
        position = end + 1
        if len(rest) == len(("type", "size")):
            size = int(rest[1])
            yield name, printed[position : position + size]
            position += size + 1
