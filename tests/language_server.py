"""A client of the language server protocol: what an editor asks a server, and what it is shown."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sysconfig
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

_SCRIPTS = sysconfig.get_path("scripts")
_LENGTH = b"content-length:"
_TIMEOUT = 120
"""Seconds; far more than any answer takes, as a test must not fail on a busy machine."""


class Diagnostic(NamedTuple):
    """What an editor shows at a place.

    Attributes:
        start:   line and character where it starts, 0-based.
        end:     where it ends.
        code:    the code.
        message: the text.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    code: str
    message: str


class LanguageServer:
    """A server in a process of its own, which hears what an editor would tell it."""

    def __init__(
        self,
        root: Path,
        settings: Mapping[str, object],
        *,
        command: Sequence[str] = ("pylsp",),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._name = command[0]
        self._root = root
        self._settings = settings
        self._versions: dict[str, int] = {}
        self._asked = 0
        self._messages: queue.Queue[Mapping[str, object] | None] = queue.Queue()
        self._written: list[bytes] = []
        self._process = subprocess.Popen(
            command,
            cwd=root,
            env=_activated(environment or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._listeners = [
            threading.Thread(target=target, daemon=True)
            for target in (self._hear_messages, self._hear_errors)
        ]
        for listener in self._listeners:
            listener.start()

    def __enter__(self) -> LanguageServer:
        try:
            self._greet()
        except AssertionError:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._request("shutdown")
                self._notify("exit")
                self._process.wait(_TIMEOUT)
        finally:
            self._end()
        assert "Traceback" not in self._errors, self._errors

    def _greet(self) -> None:
        root = self._root.as_uri()
        self._request(
            "initialize",
            processId=os.getpid(),
            rootUri=root,
            workspaceFolders=[{"uri": root, "name": self._root.name}],
            capabilities={"textDocument": {"publishDiagnostics": {"versionSupport": True}}},
        )
        self._notify("initialized")
        self._notify("workspace/didChangeConfiguration", settings=self._settings)

    def _end(self) -> None:
        """End the process, close its pipes, and have all that it wrote."""
        self._process.kill()
        for listener in self._listeners:
            listener.join()
        with contextlib.suppress(BrokenPipeError), self._process:
            pass

    @property
    def _errors(self) -> str:
        """What the server has written on standard error."""
        return b"".join(self._written).decode(errors="replace")

    def show(self, path: Path, text: str) -> None:
        """Tell the server which text the editor shows of a file, whatever the disk holds."""
        uri = path.as_uri()
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        document: dict[str, object] = {"uri": uri, "version": version}
        if version == 1:
            document |= {"languageId": "python", "text": text}
            self._notify("textDocument/didOpen", textDocument=document)
        else:
            changes = [{"text": text}]
            self._notify("textDocument/didChange", textDocument=document, contentChanges=changes)

    def close(self, path: Path) -> None:
        """Tell the server that the editor shows the file no more."""
        uri = path.as_uri()
        del self._versions[uri]
        self._notify("textDocument/didClose", textDocument={"uri": uri})

    def diagnostics(self, *paths: Path) -> dict[Path, list[Diagnostic]]:
        """Return what the server shows in these files, once it has judged their newest texts."""
        missing = {path.as_uri(): path for path in paths}
        found: dict[Path, list[Diagnostic]] = {}
        while missing:
            message = self._next(f"publish the diagnostics of {sorted(missing)}")
            shown = message.get("params")
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            assert isinstance(shown, dict)
            uri = shown["uri"]
            if uri in missing and shown.get("version") == self._versions[uri]:
                found[missing.pop(uri)] = sorted(map(_diagnostic, shown["diagnostics"]))
        return found

    def _hear_messages(self) -> None:
        """Put what the server sends where the test can wait for it; None once it has gone."""
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = 0
            while line.strip():
                if line.lower().startswith(_LENGTH):
                    length = int(line[len(_LENGTH) :])
                line = stream.readline()
            self._messages.put(json.loads(stream.read(length)))
        self._messages.put(None)

    def _hear_errors(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        self._written.extend(stream)

    def _next(self, awaited: str) -> Mapping[str, object]:
        try:
            message = self._messages.get(timeout=_TIMEOUT)
        except queue.Empty:
            message = None
        if message is None:
            raise AssertionError(f"{self._name} did not {awaited}; it wrote:\n{self._errors}")
        if "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _request(self, method: str, **parameters: object) -> object:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": parameters})
        while True:
            message = self._next(f"answer '{method}'")
            if "method" not in message and message.get("id") == self._asked:
                assert "error" not in message, message
                return message["result"]

    def _notify(self, method: str, **parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, object]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        # Where the server has gone, its answer will be missed, and what it wrote be told.
        with contextlib.suppress(BrokenPipeError):
            stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
            stream.flush()


def _activated(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables of a shell in which this Python's environment is active."""
    path = os.pathsep.join((_SCRIPTS, os.environ.get("PATH", "")))
    return {**os.environ, "PATH": path, **environment}


def _diagnostic(shown: Mapping[str, object]) -> Diagnostic:
    place = shown["range"]
    assert isinstance(place, dict)
    start, end = ((item["line"], item["character"]) for item in (place["start"], place["end"]))
    return Diagnostic(start, end, str(shown["code"]), str(shown["message"]))
