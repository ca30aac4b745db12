"""The house is kept: what may not stand in a tracked file, what lies at the top, how long a module may be."""

import ast
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"assets", "dashboards", "expectations", "pipelines", "warehouse", "tests", ".ci"}
IGNORED = {".git", ".venv", ".venv-bench", "data", "dist", "build", "__pycache__", ".hypothesis", ".pytest_cache"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 60

# Put together here so that this file does not contain what it looks for.
HOSTS = [name + "." + end for name, end in (
    ("pypi", "org"), ("python" + "hosted", "org"), ("npm" + "js", "org"), ("npm" + "js", "com"), ("yarnpkg", "com"),
    ("crates", "io"), ("proxy.golang", "org"), ("conda.anaconda", "org"), ("deb.debian", "org"), ("docker", "io"))]
MACHINE_PATHS = r"(?<![\w.-])/(?:" + "|".join(("work", "root", "home/[a-z]+")) + r")\b/?"
UNFINISHED = r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b"
MARKED = r"pytest\.(?:mark\.)?(?:" + "|".join(("skip", "xfail")) + ")"
FORBIDDEN = {
    "et pakkeregister": re.compile("|".join(re.escape(host) for host in HOSTS)),
    "en sti på én maskin": re.compile(MACHINE_PATHS),
    "uferdig": re.compile(UNFINISHED),
    "en prøve som ikke kjøres": re.compile(MARKED),
}
LOCKED = re.compile(r"^[A-Za-z0-9._\[\],-]+==[^\s;]+(?: ; .+)?$")
HASHED = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


def tracked_paths() -> list[str]:
    """What git tracks; in an unpacked archive, every file that is not made by running something."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        paths = [path for path in listed.stdout.split("\0") if path]
    except (OSError, subprocess.CalledProcessError):
        paths = []
    paths = paths or [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")
                      if not IGNORED & set(path.relative_to(ROOT).parts) and ".egg-info" not in path.as_posix()]
    return sorted(path for path in paths if (ROOT / path).is_file())


def tracked_texts() -> dict[str, str]:
    """Every tracked file as text; what is not UTF-8 (accounts files, pictures) is read byte by byte."""
    return {path: (ROOT / path).read_bytes().decode("utf-8", errors="replace") for path in tracked_paths()}


def python_texts() -> dict[str, str]:
    return {path: text for path, text in tracked_texts().items() if path.endswith(".py")}


def forbidden_words(texts: Mapping[str, str]) -> list[str]:
    return [f"{path}: {what}: {match.group()}" for path, text in texts.items()
            for what, pattern in FORBIDDEN.items() if (match := pattern.search(text))]


def too_long(texts: Mapping[str, str]) -> Iterator[str]:
    for path, text in texts.items():
        if (length := len(text.splitlines())) > LONGEST_MODULE:
            yield f"{path}: {length} linjer"
        for node in _functions(text):
            if (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION:
                yield f"{path}: {node.name}: {length} linjer"


def without_assertion(texts: Mapping[str, str]) -> list[str]:
    """Test functions that cannot fail: no assert, no expected exception, no helper that says it asserts."""
    return [f"{path}: {node.name}" for path, text in texts.items() if Path(path).name.startswith("test_")
            for node in _functions(text) if node.name.startswith("test_") and not _asserts(node)]


def unlocked(lock: str) -> list[str]:
    """Requirements without version or hash, and lines that are neither (addresses, options)."""
    faults = []
    for requirement in re.sub(r"\\\n\s*", "\n    ", lock).split("\n"):
        line = requirement.strip()
        if line and not line.startswith("#") and not LOCKED.match(line) and not HASHED.match(line):
            faults.append(line)
    for block in re.split(r"\n(?=\S)", lock):
        if LOCKED.match(first := block.split("\n")[0].rstrip(" \\")) and "--hash=sha256:" not in block:
            faults.append(first)
    return faults


def _functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _asserts(function: ast.AST) -> bool:
    for node in ast.walk(function):
        called = node.func if isinstance(node, ast.Call) else None
        name = getattr(called, "attr", getattr(called, "id", ""))
        if isinstance(node, ast.Assert) or name in {"raises", "expect"} or name.startswith("assert_"):
            return True
    return False


def test_no_tracked_file_names_a_registry_a_machine_or_unfinished_work():
    assert forbidden_words(tracked_texts()) == []


def test_the_top_holds_only_the_folders_that_were_settled():
    folders = {path.split("/")[0] for path in tracked_paths() if "/" in path}
    assert folders <= FOLDERS
    assert folders >= FOLDERS - {".ci"}


def test_modules_and_functions_can_be_read_in_one_sitting():
    assert list(too_long(python_texts())) == []


def test_every_test_asserts():
    assert without_assertion(python_texts()) == []


def test_test_modules_have_names_of_their_own():
    names = [Path(path).name for path in python_texts() if path.startswith("tests/") and "/test_" in path]
    assert sorted(names) == sorted(set(names)) and len(names) > 5


@pytest.mark.parametrize(("name", "fewest"), [("requirements.lock", 20), ("requirements-bench.lock", 2)])
def test_a_lock_has_a_version_and_hashes_for_every_package_and_no_address(name, fewest):
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert unlocked(lock) == []
    assert lock.count("==") >= fewest and "://" not in lock


@pytest.mark.parametrize("text", [
    f"index = {HOSTS[0]}", f"files.{HOSTS[1]}/packages", "open('/" + "work/main/x')", "'/" + "root/x'",
    "/" + "home/ola/x", "# TO" + "DO: later", "# FIX" + "ME", "@pytest.mark." + "skip", "pytest." + "xfail('x')",
])
def test_a_forbidden_word_is_seen(text):
    assert len(forbidden_words({"x.py": text})) == 1


@pytest.mark.parametrize("text", [
    "network/root/path", "HOME/inbox", "/rooter", "assets/work/x", "todo", "to do", "--home", "../root", "skip_rows(1)",
])
def test_an_innocent_word_is_left_alone(text):
    assert forbidden_words({"x.py": text}) == []


def test_a_long_module_and_a_long_function_are_seen():
    function = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert list(too_long({"a.py": function})) == [f"a.py: f: {LONGEST_FUNCTION + 1} linjer"]
    assert list(too_long({"a.py": "x = 1\n" * (LONGEST_MODULE + 1)})) == [f"a.py: {LONGEST_MODULE + 1} linjer"]
    assert list(too_long({"a.py": "x = 1\n" * LONGEST_MODULE})) == []


@pytest.mark.parametrize(("body", "asserts"), [
    ("pass", False), ("print(1 == 1)", False), ("assert 1", True), ("with pytest.raises(X): f()", True),
    ("expect(page).to_have_title('x')", True), ("assert_frames_equal(a, b)", True),
])
def test_a_test_that_cannot_fail_is_seen(body, asserts):
    assert (without_assertion({"tests/test_x.py": f"def test_x():\n    {body}\n"}) == []) is asserts


@pytest.mark.parametrize("line", [
    "duckdb==2.0.0", "duckdb>=2 \\\n    --hash=sha256:" + "0" * 64, "--index-url https://x",
    "duckdb @ https:" + "//x/y" + ".whl", "duckdb==2.0.0 \\\n    --hash=md5:" + "0" * 32,
])
def test_a_lock_that_is_not_locked_is_seen(line):
    good = "numpy==2.4.6 ; python_version >= '3.11' \\\n    --hash=sha256:" + "a" * 64 + "\n"
    assert unlocked(good) == []
    assert unlocked(good + line + "\n") != []
