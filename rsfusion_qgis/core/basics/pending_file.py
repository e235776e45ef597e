"""Files being made: each in a hidden folder beside its final name, until all files of a run are complete.

The folder lies on the file system of the result, so every move is one rename. All files of a run get their names
together or not at all: where one cannot be moved, those before it are put back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Callable

from .errors import OutputError
from .interruption import uninterrupted
from .owned_folder import BEFORE, held_folder, make_owned_folder, where_now

_IN_USE = (32, 33)
"""Windows: a file is used by another process, or a part of it is locked."""


def check_file_name(path: str, parameter: str) -> Path:
    """The absolute name of a file to be written; raises OutputError, naming the parameter, where none can lie."""
    target = Path(path).absolute()
    if not target.parent.is_dir():
        raise OutputError(f"{parameter}: the folder '{target.parent}' does not exist; create it or choose another one.")
    if target.is_dir():
        raise OutputError(f"{parameter}: '{path}' is a folder; expected the name of a file.")
    if target.exists() and not target.is_file():
        raise OutputError(f"{parameter}: '{path}' is a device or a pipe; expected the name of a file.")
    if not os.access(target.parent, os.W_OK):
        raise OutputError(f"{parameter}: the folder '{target.parent}' cannot be written; choose another one.")
    if target.exists() and held_open(target):
        raise OutputError(
            f"{parameter}: '{path}' is open, as a layer of QGIS or in another program; remove the layer or close that "
            "program, or choose another name."
        )
    return target


def held_open(file: Path) -> bool:
    """Whether a file cannot get another name because something has it open.

    That is so on Windows only: there even the name that it has is refused then. Elsewhere this does nothing.
    """
    try:
        Path(file).rename(file)
    except PermissionError as error:
        return getattr(error, "winerror", None) in _IN_USE
    except OSError:
        return False
    return False


class PendingFile:
    """A result that does not stand under its name yet.

    Parameters
    ----------
    path : str
        Final name.
    parameter : str
        The user's, for messages.
    companions : tuple of str
        Endings of files beside an older result that go when it is replaced.

    Attributes
    ----------
    target : Path
        The final name, absolute.
    folder : Path
        Where everything is made; what lies in it at the end is the result with its companions.
    file : Path
        The result in that folder.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written.
    """

    def __init__(self, path: str, parameter: str, companions: tuple[str, ...] = ()) -> None:
        self.path, self.parameter = path, parameter
        self.target = check_file_name(path, parameter)
        self._companions, self._keep, self._place = companions, False, -1
        try:
            self.folder = make_owned_folder(self.target.parent)
            self._place = held_folder(self.target.parent)
        except OSError as error:
            raise self.failed(error, f"the folder '{self.target.parent}'") from None
        self.file = self.folder / self.target.name

    def failed(self, error: OSError, what: str = "") -> OutputError:
        """The sentence about a file that cannot be written."""
        what = what or f"'{self.path}'"
        return OutputError(
            f"{self.parameter}: {what} cannot be written ({error.strerror}); free some space or choose another folder."
        )

    def put_in_place(self, undo: list[Callable[[], None]]) -> None:
        """Give everything in the folder its final name, the result itself last; raises OSError.

        Parameters
        ----------
        undo : what takes back each step that was done, in order, is added to it.
        """
        made = sorted(self.folder.iterdir(), key=lambda p: p.name == self.target.name)
        if self.file not in made:
            raise FileNotFoundError(2, "nothing was made", str(self.file))
        names = [self.target.parent / file.name for file in made]
        old = [Path(f"{self.target}{ending}") for ending in self._companions]
        (self.folder / BEFORE).mkdir()
        for file in dict.fromkeys([*old, *names]):
            undo.append(self._set_aside(file))
        for file in old:
            if file not in names:
                file.unlink(missing_ok=True)
        for file, name in zip(made, names):
            file.replace(name)

    def _set_aside(self, file: Path) -> Callable[[], None]:
        """Keep what stands under a name now; what is returned makes everything as it was."""
        kept = self.folder / BEFORE / file.name
        if file.is_dir() and not file.is_symlink():
            raise IsADirectoryError(21, "it is a folder", str(file))
        if os.path.lexists(file):
            try:
                os.link(file, kept, follow_symlinks=False)
            except (OSError, NotImplementedError):  # no second names on this file system
                file.rename(kept)

        def put_back() -> None:
            if os.path.lexists(kept):
                self._keep = True
                kept.replace(file)
                self._keep = False
            else:
                file.unlink(missing_ok=True)

        return put_back

    def discard(self) -> None:
        """Remove whatever was not moved; harmless when repeated. What could not be put back stays."""
        if not self._keep:
            with uninterrupted():
                shutil.rmtree(where_now(self._place, self.folder), ignore_errors=True)
                if self._place >= 0:
                    os.close(self._place)
                self._place = -1


def move_all(files: Sequence[PendingFile]) -> None:
    """Give all files their names, or none of them; raises OutputError. They are discarded either way."""
    with uninterrupted():
        _move_all(files)


def _move_all(files: Sequence[PendingFile]) -> None:
    undo: list[Callable[[], None]] = []
    try:
        for one in files:
            try:
                one.put_in_place(undo)
            except OSError as error:
                _take_back(undo)
                raise one.failed(error) from None
    finally:
        for one in files:
            one.discard()


def _take_back(undo: list[Callable[[], None]]) -> None:
    for step in reversed(undo):
        try:
            step()
        except OSError:  # the other files are put back all the same, and this one stays in the hidden folder
            continue


@contextmanager
def pending_files(files: Mapping[str, str]) -> Iterator[dict[str, Path]]:
    """Give an unused name for each file, with the same ending; all get their places when the block ends well.

    Parameters
    ----------
    files : the user's parameter -> path.

    Raises
    ------
    OutputError
        A file cannot be written; the message names the user's parameter.
    """
    made: list[PendingFile] = []
    try:
        for parameter, path in files.items():
            made.append(PendingFile(path, parameter))
        yield {one.parameter: one.file for one in made}
        move_all(made)
    finally:
        for one in made:
            one.discard()


def write_texts(texts: Mapping[str, tuple[str, str]]) -> None:
    """Write texts in UTF-8, all or none: the user's parameter -> (path, text); raises OutputError."""
    made: list[PendingFile] = []
    try:
        for parameter, (path, text) in texts.items():
            made.append(pending_text(path, text, parameter))
        move_all(made)
    finally:
        for one in made:
            one.discard()


def pending_text(path: str, text: str, parameter: str) -> PendingFile:
    """A text in UTF-8 that is complete, but does not stand under its name yet; raises OutputError."""
    one = PendingFile(path, parameter)
    try:
        one.file.write_text(text, encoding="utf-8")
    except OSError as error:
        one.discard()
        raise one.failed(error) from None
    return one


def write_text(path: str, text: str, parameter: str) -> None:
    """Write one text; raises as `write_texts`."""
    write_texts({parameter: (path, text)})


@contextmanager
def set_aside(files: Sequence[Path]) -> Iterator[None]:
    """Keep files, all of one folder, out of the way of what writes their names itself; they are back where that fails.

    Raises
    ------
    OSError
        They cannot be moved.
    """
    if not files:
        yield
        return
    folder = make_owned_folder(files[0].parent)
    (folder / BEFORE).mkdir()
    kept = [(file, folder / BEFORE / file.name) for file in files]
    try:
        for file, place in kept:
            file.rename(place)
        yield
    except BaseException:
        for file, place in kept:
            if place.exists():
                place.replace(file)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
