"""Whose home folder, account or mailbox it is."""

from __future__ import annotations

import pytest

from skills_lint.redaction import Redactor

NAME = "jdoe42"
PLACES = [
    'File "/home/{}/src/app.py", line 3',
    "/home/{}",
    "PATH=/home/{}/bin:/usr/bin",
    "gcc -I/home/{}/include x.c",
    "\x1b[01;34m/home/{}\x1b[0m",
    "one\\n/home/{}/two",
    "/export/home/{}/x",
    "/mnt/data/home/{}/x",
    "file:///home/{}/river",
    "vscode-remote://wsl+ubuntu/home/{}/x",
    "/Users/{}/Library/river: not found",
    "/System/Volumes/Data/Users/{}/x",
    "C:\\Users\\{}\\AppData\\river.log",
    "C:\\Users\\Jane {}\\AppData\\river.log",
    '"cwd": "C:\\\\Users\\\\{}\\\\river"',
    "c:/users/{}/river",
    "file:///c%3A/Users/{}/x",
    "/mnt/c/Users/{}/river",
    "\\\\wsl.localhost\\Ubuntu\\home\\{}\\x",
    "C:\\Documents and Settings\\{}\\x",
    ".claude/projects/-Users-{}-river/a.jsonl",
    ".claude/projects/-home-{}-river/a.jsonl",
    ".claude/projects/C--Users-{}-river/a.jsonl",
    "%2FUsers%2F{}%2Fsrc",
    "\\/home\\/{}\\/src",
    "/tmp/pytest-of-{}/pytest-0/test_x0",
    "/media/{}/disk",
    "ls ~{}/x",
]
ACCOUNTS = [
    "Author: {} <jane@river.dev>",
    "Co-authored-by: {} <jane@river.dev>",
    "^abc1234f ({} 2024-01-01 10:00:00 +0000 12) code",
    "{}@thinkpad:~/src$ make",
    "[{}@box src]$ ls",
    "(venv) {}@host:/srv# ls",
    "{}@Janes-MacBook-Pro src % ls",
    "\x1b[32m{}@host\x1b[0m:~$",
    "ssh -i k.pem {}@10.1.2.3",
    "scp a.txt {}@host:/tmp/",
    "https://{}@git.acme.dev/a/b",
    "drwxr-xr-x 2 {} staff 64 Jan 3 10:00 src",
    "-rw-r--r-- 1 root {} 7 Mar 1 2024 a",
    "uid=1000({}) gid=1000(staff)",
    "LOGNAME={}",
    '{"USER": "{}"}',
    "sudo -u {} ls",
    "{}     1234  0.0  0.1 123 45 ?  Ss 10:00 0:00 python",
    "DESKTOP-AB12CD3\\{}",
]
MAILBOXES = ["Author: {}@river-labs.io", "<{}@x.co.uk>", "mailto:{}+tag@x.dev", "1234+{}@users.noreply.github.com"]
NOBODYS = [
    "/home/ubuntu/x",
    "/home/runner/work/app",
    "/Users/Shared/x",
    "/home/<user>/x",
    "/home/$USER/x",
    "~/src",
    "https://api.acme.dev/home/index",
    "src/home/page.tsx",
    "GET /users/123",
    'class="nav-home-link"',
    "mytool --home-dir x",
    "git@github.com:acme/river.git",
    "user@example.com",
    "root@abc123:/app# ls",
    "drwxr-xr-x 2 root root 64 Jan 3 10:00 src",
    "icon@2x.png",
    "@app.route('/x')",
    "uses: actions/checkout@v4",
    "x = a@b.reshape(3)",
    "getty@tty1.service",
    "resolved @types/node@18.0.0",
    "ghcr.io/acme/river@sha256:abc",
]


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(b"k" * 32)


@pytest.mark.parametrize("frame", [*PLACES, *ACCOUNTS, *MAILBOXES])
def test_a_name_is_redacted_and_the_text_around_it_stays(redactor: Redactor, frame: str) -> None:
    before, after = frame.split("{}")

    redacted = redactor.text(before + NAME + after)

    assert NAME not in redacted
    assert after in redacted or "@" in after or "<" in after
    assert "[user:" in redacted


def test_a_path_stays_readable(redactor: Redactor) -> None:
    head, _, tail = redactor.text("/home/jdoe42/src/app.py").partition("[user:")

    assert head == "/home/"
    assert tail[4:] == "]/src/app.py"


def test_a_mail_domain_that_repeats_the_name_goes_with_it(redactor: Redactor) -> None:
    assert "jdoe42" not in redactor.text("write to jdoe42@jdoe42.dev")
    assert redactor.text("write to jdoe42@acme.dev").endswith("]@acme.dev")


@pytest.mark.parametrize("text", NOBODYS)
def test_what_names_no_person_stays(redactor: Redactor, text: str) -> None:
    assert redactor.text(text) == text
