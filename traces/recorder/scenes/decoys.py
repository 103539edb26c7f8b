"""What looks like a failed execution and is none, and failures of other tools."""

from ..script import OTHER_TOOL, ReadFile, Scene, WriteFile, py, sh


def read_the_log() -> Scene:
    """A log with a traceback, opened."""
    return (ReadFile("I read the log of the nightly run.", "logs/nightly.log"),)


def cat_the_log() -> Scene:
    """The same by a command."""
    return (sh("The log of the nightly run:", "cat logs/nightly.log"),)


def search_the_log() -> Scene:
    """A search that finds an error."""
    return (sh("Which errors does the log show?", "grep -n -B1 'Error' logs/nightly.log"),)


def survey(codes: str) -> Scene:
    """A program that catches, prints the traceback and goes on."""
    return (
        py(
            "I go through the funds and note what fails.",
            """
            import sys, traceback
            from marketstore import Store
            store = Store()
            done = 0
            for code in "$codes".split():
                try:
                    bars = store.daily(code, "20261026")
                    print(code, bars["trade_date"].iloc[-1], bars["close"].iloc[-1], flush=True)
                    done += 1
                except IndexError:
                    traceback.print_exc(limit=1, file=sys.stdout)
                    print("skipped", code, flush=True)
            print("done:", done)
            """,
            codes=codes,
        ),
    )


def tool_missing(say: str, command: str) -> Scene:
    """A program that is not installed."""
    return (sh(say, command, fails=OTHER_TOOL),)


def folder_missing(folder: str) -> Scene:
    """A folder that is not there."""
    return (sh("Are there earlier ones?", "ls $folder", fails=OTHER_TOOL, folder=folder),)


def file_missing(path: str) -> Scene:
    """A file that the agent cannot open."""
    return (ReadFile("I read the notes first.", path, fails=OTHER_TOOL),)


def nothing_found(word: str) -> Scene:
    """A search without a hit: exit status 1."""
    return (sh("Does the store know `$word`?", "grep -n $word marketstore.py", fails=OTHER_TOOL, word=word),)


def install(package: str) -> Scene:
    """An install without network."""
    return (sh("I try to install $package.", "pip install $package", fails=OTHER_TOOL, package=package),)


def write_without_folder(path: str, text: str) -> Scene:
    """A file for a folder that is not there."""
    return (
        WriteFile("I save the figures.", path, text, fails=OTHER_TOOL),
        sh("The folder is missing.", "mkdir -p $$(dirname $path) && ls", path=path),
        WriteFile("Again.", path, text),
    )
