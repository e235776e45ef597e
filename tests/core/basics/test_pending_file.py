"""Files of a run get their names together or not at all, and what killed runs leave behind is swept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rsfusion_qgis.core.basics import owned_folder
from rsfusion_qgis.core.basics.errors import OutputError
from rsfusion_qgis.core.basics.pending_file import PendingFile, move_all, pending_files, set_aside, write_texts

ROOT = Path(__file__).parents[3]
HIDDEN = ".rsfusion-partial-*"


def pending(path: Path, text: str, parameter: str = "OUTPUT", companions: tuple[str, ...] = ()) -> PendingFile:
    one = PendingFile(str(path), parameter, companions)
    one.file.write_text(text)
    return one


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_all_get_their_names(tmp_path: Path) -> None:
    write_texts({"REPORT": (str(tmp_path / "r.html"), "page"), "CSV": (str(tmp_path / "t.csv"), "1,2")})
    assert texts(tmp_path) == {"r.html": "page", "t.csv": "1,2"} and not list(tmp_path.glob(HIDDEN))


@pytest.mark.parametrize("links", [True, False])
def test_none_gets_its_name_where_the_last_one_cannot(tmp_path: Path, monkeypatch, links: bool) -> None:
    """As on a file system without second names, too; a name that has become a folder stands for any failure."""
    if not links:
        monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError("no second names")))
    (tmp_path / "o.tif").write_text("old")
    (tmp_path / "o.tif.ovr").write_text("old overviews")
    first = pending(tmp_path / "o.tif", "new", companions=(".ovr", ".msk"))
    (first.folder / "o.tif.msk").write_text("new mask")
    last = pending(tmp_path / "r.html", "page", "REPORT")
    (tmp_path / "r.html").mkdir()
    with pytest.raises(OutputError, match=r"^REPORT: '.*r\.html' cannot be written"):
        move_all([first, last])
    assert texts(tmp_path) == {"o.tif": "old", "o.tif.ovr": "old overviews"}
    assert (tmp_path / "r.html").is_dir() and not list(tmp_path.glob(HIDDEN))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes of that kind here")
def test_a_pipe_or_a_device_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "o.tif")
    with pytest.raises(OutputError, match=r"OUTPUT: '.*o\.tif' is a device or a pipe; expected the name of a file"):
        PendingFile(str(tmp_path / "o.tif"), "OUTPUT")
    assert [path.name for path in tmp_path.iterdir()] == ["o.tif"]


def test_what_lay_beside_an_older_result_goes_with_it(tmp_path: Path) -> None:
    (tmp_path / "o.tif").write_text("old")
    (tmp_path / "o.tif.ovr").write_text("old overviews")
    one = pending(tmp_path / "o.tif", "new", companions=(".ovr", ".msk"))
    (one.folder / "o.tif.msk").write_text("new mask")
    move_all([one])
    assert texts(tmp_path) == {"o.tif": "new", "o.tif.msk": "new mask"}


def test_a_name_as_long_as_the_file_system_allows(tmp_path: Path) -> None:
    name = "r" * 250 + ".html"
    write_texts({"REPORT": (str(tmp_path / name), "page")})
    assert texts(tmp_path) == {name: "page"}


def test_nothing_is_left_of_a_block_that_fails(tmp_path: Path) -> None:
    (tmp_path / "n.onnx").write_text("old")
    with pytest.raises(ValueError, match="stop"), pending_files({"OUTPUT": str(tmp_path / "n.onnx")}) as places:
        places["OUTPUT"].write_text("half")
        raise ValueError("stop")
    assert texts(tmp_path) == {"n.onnx": "old"} and not list(tmp_path.glob(HIDDEN))


def test_a_file_that_was_never_made_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"OUTPUT: .* cannot be written"), pending_files(
        {"OUTPUT": str(tmp_path / "n.onnx")}
    ):
        pass
    assert not list(tmp_path.iterdir())


def test_what_others_write_is_put_back_where_they_fail(tmp_path: Path) -> None:
    old = tmp_path / "points.gpkg"
    old.write_text("old")
    with pytest.raises(ValueError, match="full"), set_aside([old]):
        old.write_text("half")
        raise ValueError("full")
    assert texts(tmp_path) == {"points.gpkg": "old"} and not list(tmp_path.glob(HIDDEN))
    with set_aside([old]):
        old.write_text("new")
    assert texts(tmp_path) == {"points.gpkg": "new"} and not list(tmp_path.glob(HIDDEN))


@pytest.fixture
def other_run(tmp_path: Path):
    """Another process in the middle of a run into the folder."""
    program = (
        "import sys, time; from pathlib import Path; "
        "from rsfusion_qgis.core.basics.owned_folder import make_owned_folder as make; "
        "folder = make(Path(sys.argv[1])); (folder / 'o.tif').write_text('half'); (folder / '.before').mkdir(); "
        "(folder / '.before' / 'old.tif').write_text('old'); print('ready', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout.readline().strip() == b"ready"
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


def test_the_folder_of_a_killed_run_is_swept_and_that_of_a_living_one_is_not(tmp_path: Path, other_run) -> None:
    write_texts({"REPORT": (str(tmp_path / "r.html"), "page")})
    assert len(list(tmp_path.glob(HIDDEN))) == 1
    other_run.send_signal(signal.SIGKILL)
    other_run.wait()
    write_texts({"REPORT": (str(tmp_path / "r.html"), "page")})
    assert texts(tmp_path) == {"r.html": "page", "old.tif": "old"}, "what the killed run had set aside is back"
    assert not list(tmp_path.glob(HIDDEN))


def test_a_later_process_with_the_number_of_the_killed_one_does_not_keep_its_folder(tmp_path: Path) -> None:
    own = owned_folder.make_owned_folder(tmp_path)
    left = own.with_name(own.name.replace(f"-{os.getpid()}-", f"-{os.getpid()}-9", 1))
    left.mkdir()
    owned_folder.sweep(tmp_path)
    assert own.is_dir() and not left.exists()


def test_folders_of_another_machine_are_swept_when_they_are_old(tmp_path: Path) -> None:
    own = owned_folder.make_owned_folder(tmp_path)
    machine = own.name[len(".rsfusion-partial-") :].split("-")[0]
    new, old = (tmp_path / f"{own.name.replace(machine, '00c0ffee')}{end}" for end in ("new", "old"))
    for folder, days in ((new, 1), (old, 8)):
        folder.mkdir()
        (folder / "o.tif").write_text("half")
        then = time.time() - days * 24 * 3600
        for path in (folder / "o.tif", folder):
            os.utime(path, (then, then))
    owned_folder.sweep(tmp_path)
    assert own.is_dir() and new.is_dir() and not old.exists()


def test_folders_of_others_are_never_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".rsfusion-partial-mine").mkdir()
    (tmp_path / ".o.partial-1").mkdir()
    owned_folder.sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="a folder that was renamed is found by /proc")
def test_nothing_stays_in_a_folder_that_was_renamed_meanwhile(tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    one = PendingFile(str(folder / "a.txt"), "OUTPUT")
    one.file.write_text("half")
    folder.rename(tmp_path / "gone")
    one.discard()
    one.discard()
    assert list((tmp_path / "gone").iterdir()) == []


def test_a_file_that_windows_holds_open_is_refused_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a layer of QGIS there; the error has Windows' own number for it."""
    older = tmp_path / "out.tif"
    older.write_text("older")
    assert PendingFile(str(older), "OUTPUT").target == older

    def refuse(*_: object) -> None:
        error = PermissionError(13, "The process cannot access the file")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError, match=r"^OUTPUT: '.*out\.tif' is open, as a layer of QGIS or in another program; "):
        PendingFile(str(older), "OUTPUT")
    PendingFile(str(tmp_path / "new.tif"), "OUTPUT").discard()
    assert older.read_text() == "older"
