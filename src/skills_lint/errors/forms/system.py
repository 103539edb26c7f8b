"""Files, processes, event loops and limits, and what an interpreter says when it ends a run."""

from __future__ import annotations

from .form import form, says

_OS_ERRORS = (
    "OSError FileNotFoundError FileExistsError PermissionError IsADirectoryError NotADirectoryError ProcessLookupError"
    " BlockingIOError ChildProcessError InterruptedError TimeoutError ConnectionError BrokenPipeError"
    " ConnectionAbortedError ConnectionRefusedError ConnectionResetError gaierror herror timeout SameFileError SSLError"
    " SSLCertVerificationError SSLEOFError SSLZeroReturnError BadGzipFile IOError EnvironmentError"
)
_FILES = (
    form(
        "os-error",
        "The operating system refuses: no such file, no permission, no connection, no space.",
        says(
            _OS_ERRORS,
            "[Errno {errno}] {reason:clause}",
            "[Errno {errno}] {reason:clause}: {path:place} -> {to:place}",
            "[Errno {errno}] {reason:clause}: {path:place}",
            "[WinError {errno}] {reason:clause}",
            "[WinError {errno}] {reason:clause}: {path:place} -> {to:place}",
            "[WinError {errno}] {reason:clause}: {path:place}",
        ),
        says(
            "OSError",
            "[Errno {errno}] error while attempting to bind on address {_address:inside}: {reason:clause}",
        ),
        says("OSError ConnectionError ConnectionRefusedError", "[Errno {errno}] Connect call failed {_address:text}"),
        says("URLError", "<urlopen error [Errno {errno}] {reason:clause}>"),
    ),
    form(
        "closed-file",
        "A file is used after it was closed.",
        says(
            "ValueError",
            "I/O operation on closed file.",
            "I/O operation on closed file",
            "read of closed file",
            "write to closed file",
            "seek of closed file",
            "readline of closed file",
        ),
    ),
    form(
        "embedded-null",
        "A path or a command holds a null character.",
        says("ValueError", "embedded null byte", "embedded null character"),
        says("ValueError", "{_function:word}: embedded null character in {_argument:word}"),
    ),
    form(
        "wrong-file-mode",
        "A file is read or written that was not opened for it, or opened in a mode that there is not.",
        says("UnsupportedOperation", "not readable", "read", "File not open for reading", needs="read"),
        says("UnsupportedOperation", "not writable", "write", "File not open for writing", needs="write"),
        says("UnsupportedOperation", "{needs:identifier}"),
        says(
            "UnsupportedOperation",
            "can't do nonzero cur-relative seeks",
            "can't do nonzero end-relative seeks",
            needs="seek",
        ),
        says("ValueError", "invalid mode: '{mode:name}'"),
        says("ValueError", "must have exactly one of create/read/write/append mode"),
        says("ValueError", "Must have exactly one of create/read/write/append mode and at most one plus"),
        says("ValueError", "can't have text and binary mode at once", "binary mode doesn't take an encoding argument"),
    ),
    form(
        "bad-archive",
        "A file is opened as an archive that it is not.",
        says("BadZipFile", "File is not a zip file", "Bad magic number for central directory", kind="zip"),
        says("EOFError", "Compressed file ended before the end-of-stream marker was reached", kind="gzip"),
        says("BadGzipFile OSError", "Not a gzipped file ({_start:text})", kind="gzip"),
        says("ReadError", "file could not be opened successfully", "not a gzip file", "empty file", kind="tar"),
    ),
    form(
        "ssl-error",
        "A secure connection fails.",
        says(
            "SSLError SSLCertVerificationError SSLEOFError", "[SSL: {code:word}] {reason:text} (_ssl.c:{_line:number})"
        ),
        says("URLError", "<urlopen error [SSL: {code:word}] {reason:text} (_ssl.c:{_line:number})>"),
    ),
    form("http-error", "A server answers with an error.", says("HTTPError", "HTTP Error {code:number}: {reason:any}")),
)
_PROCESSES = (
    form(
        "process-failed",
        "A command that the program ran ends with an error.",
        says("CalledProcessError", "Command {command:text} returned non-zero exit status {code:number}."),
        says("CalledProcessError", "Command {command:text} died with <Signals.{signal:word}: {_n:number}>."),
        says("CalledProcessError", "Command {command:text} died with unknown signal {signal:number}."),
    ),
    form(
        "timed-out",
        "Something takes longer than it may.",
        says("TimeoutExpired", "Command {command:text} timed out after {seconds:float} seconds"),
        says("TimeoutError timeout", "", "timed out", "The read operation timed out", "The write operation timed out"),
    ),
    form(
        "end-of-input",
        "The program asks a question, and nobody is there to answer.",
        says("EOFError", "EOF when reading a line", "EOF when reading a line."),
    ),
    form(
        "process-start",
        "A new process imports the main module, which starts processes again.",
        says("RuntimeError", "An attempt has been made to start a new process before the"),
        says("RuntimeError", "context has already been set"),
    ),
    form(
        "not-picklable",
        "An object is sent to another process, copied or stored that cannot be.",
        says("TypeError PicklingError", "cannot pickle '{owner}' object", "can't pickle {owner:word} objects"),
        says("TypeError", "cannot pickle '{owner}' instances"),
        says(
            "AttributeError PicklingError",
            "Can't pickle local object '{owner:name}'",
            "Can't get local object '{owner:name}'",
        ),
        says("PicklingError AttributeError", "Can't pickle local object {owner:text}"),
        says("PicklingError", "Can't pickle {owner:text}: attribute lookup {_attribute:text} failed"),
        says("PicklingError", "Can't pickle {owner:text}: it's not found as {_place:callee}"),
        says("PicklingError", "Can't pickle {owner:text}: it's not the same object as {_place:callee}"),
        says("PicklingError", "Can't pickle {owner:text}: import of module '{_module:name}' failed"),
    ),
    form(
        "pickled-elsewhere",
        "A pickle needs a class or function that is not where it was.",
        says("AttributeError", "Can't get attribute '{name}' on <module '{module}' {_place:text}>"),
    ),
    form(
        "bad-pickle",
        "Bytes are read as a pickle that they are not, or not in full.",
        says("EOFError UnpicklingError", "Ran out of input"),
        says(
            "UnpicklingError",
            "unpickling stack underflow",
            "pickle data was truncated",
            "pickle exhausted before end of frame",
        ),
        says("UnpicklingError", "invalid load key, '{_key:text}'.", "could not find MARK", "unexpected MARK found"),
        says("ValueError", "unsupported pickle protocol: {_n:number}"),
    ),
)
_LOOPS = (
    form(
        "event-loop",
        "An event loop is already running, is closed, is not there, or is another one.",
        says(
            "RuntimeError",
            "asyncio.run() cannot be called from a running event loop",
            "This event loop is already running",
            "Cannot run the event loop while another loop is running",
            "Runner.run() cannot be called from a running event loop",
            "Cannot close a running event loop",
            reason="running",
        ),
        says("RuntimeError", "Event loop is closed", "Runner is closed", reason="closed"),
        says(
            "RuntimeError",
            "no running event loop",
            "There is no current event loop in thread '{_thread:name}'.",
            reason="none",
        ),
        says(
            "RuntimeError",
            "Event loop stopped before Future completed.",
            "Task {_task:text} got Future {_future:text} attached to a different loop",
            "{_object:text} is bound to a different event loop",
            "Non-thread-safe operation invoked on an event loop other than the current one",
            reason="other",
        ),
    ),
    form(
        "awaited-twice",
        "A coroutine is awaited again that has run already.",
        says("RuntimeError", "cannot reuse already awaited coroutine", "coroutine is being awaited already"),
    ),
    form(
        "stop-iteration",
        "An iterator is asked for more than it has.",
        says("StopIteration StopAsyncIteration", ""),
        says("RuntimeError", "generator raised StopIteration", "coroutine raised StopIteration"),
        says("RuntimeError", "async generator raised StopIteration", "async generator raised StopAsyncIteration"),
        says("ValueError", "generator already executing"),
    ),
)
_LIMITS = (
    form(
        "recursion",
        "Calls are nested too deeply.",
        says("RecursionError", "maximum recursion depth exceeded", "maximum recursion depth exceeded {_while:text}"),
        says("RecursionError", "Stack overflow (used {_used:number} kB){_while:any}"),
        says("RecursionError", "Recursion limit exceeded"),
    ),
    form("memory", "There is not enough memory.", says("MemoryError", "")),
    form("interrupted", "The run was interrupted from outside.", says("KeyboardInterrupt", "", "{_note:text}")),
    form("assertion", "An assertion does not hold.", says("AssertionError", "", "{text}")),
    form("not-implemented", "A method is called that only its heirs have.", says("NotImplementedError", "")),
    form(
        "no-exception",
        "A bare `raise` stands where no exception is handled.",
        says("RuntimeError", "No active exception to reraise", "No active exception to re-raise"),
    ),
)
_CLASSES = (
    form(
        "bad-base",
        "A class is made with bases that do not go together.",
        says(
            "TypeError",
            "type '{owner}' is not an acceptable base type",
            "multiple bases have instance lay-out conflict",
        ),
        says("TypeError", "Cannot create a consistent method resolution order (MRO) for bases {bases:text}"),
        says("TypeError", "Cannot create a consistent method resolution"),
        says(
            "TypeError",
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of"
            " all its bases",
        ),
        says("TypeError", "duplicate base class {bases:word}"),
    ),
    form(
        "bad-dataclass",
        "The fields of a dataclass stand in the wrong order or have a default that all would share.",
        says(
            "ValueError",
            "mutable default <class '{owner:name}'> for field {field:word} is not allowed: use default_factory",
        ),
        says("TypeError", "non-default argument '{field:name}' follows default argument '{_before:name}'"),
        says("TypeError", "non-default argument '{field:name}' follows default argument"),
        says("TypeError", "'{field:name}' is a field but has no type annotation"),
        says(
            "TypeError",
            "{_callee:callee}() should be called on dataclass instances",
            "must be called with a dataclass type or instance",
        ),
    ),
)
_PREFIX = "{_interpreter:path}: "
_USAGE = "{program:program}: error: "
_IS_PACKAGE = "; '{_of:name}' is a package and cannot be directly executed"
_ENDS = (
    form(
        "cannot-open-file",
        "The interpreter is given a script that is not there.",
        says("", _PREFIX + "can't open file '{path:name}': [Errno {errno}] {reason:clause}"),
        says("", _PREFIX + "can't find '__main__' module in '{path:name}'"),
    ),
    form(
        "no-main-module",
        "`python -m` is given a module that is not there or cannot be run.",
        says("", _PREFIX + "No module named {module:word}"),
        says("", _PREFIX + "No module named {module:word}.__main__" + _IS_PACKAGE),
        says("", _PREFIX + "No module named {module:word}" + _IS_PACKAGE),
        says("", _PREFIX + "Error while finding module specification for '{module:name}' ({_error:text})"),
        says("", _PREFIX + "No code object available for {module:word}"),
    ),
    form(
        "bad-usage",
        "A program is called with options that it does not take.",
        says("", _USAGE + "unrecognized arguments: {argument:text}", reason="unrecognized-arguments"),
        says("", _USAGE + "no such option: {argument:text}", reason="unrecognized-arguments"),
        says("", _USAGE + "the following arguments are required: {argument:text}", reason="missing-arguments"),
        says("", _USAGE + "one of the arguments {argument:text} is required", reason="missing-arguments"),
        says("", _USAGE + "too few arguments", reason="missing-arguments"),
        says("", _USAGE + "argument {argument:clause}: invalid choice: {_value:text}", reason="invalid-choice"),
        says("", _USAGE + "argument {argument:clause}: expected {_count:text}", reason="missing-value"),
        says(
            "",
            _USAGE + "argument {argument:clause}: invalid {_type:word} value: {_value:text}",
            reason="invalid-value",
        ),
        says("", _USAGE + "{_said:text}", reason="other"),
    ),
    form("fatal", "The interpreter itself breaks off.", says("", "Fatal Python error: {reason:text}")),
)  # fmt: skip

FORMS = (*_FILES, *_PROCESSES, *_LOOPS, *_LIMITS, *_CLASSES, *_ENDS)
