"""The wheel is the product: it holds every file the packages need and runs the demo far from the checkout."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assets", "dashboards", "expectations", "pipelines", "warehouse")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True,
                   capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def second_environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; the third-party packages are borrowed, the editable checkout is not."""
    folder = tmp_path_factory.mktemp("second") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    site_packages = next((folder / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site_packages)
    (site_packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin" / "python"


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*")
              if path.is_file() and "__pycache__" not in path.parts}
    assert wanted <= packed


@pytest.mark.wheel
def test_the_wheel_in_a_second_environment_runs_the_demo_outside_the_checkout(
    second_environment: Path, tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    done = subprocess.run(
        [str(second_environment), "-c",
         "import sys, pipelines; print(pipelines.__file__, file=sys.stderr); "
         f"from pipelines.command_line import main; sys.exit(main(['demo', '--quiet', '--home', {str(home)!r}]))"],
        cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert str(ROOT) not in done.stderr.splitlines()[0]
    assert (home / "published" / "current" / "site" / "index.html").exists()
