# SPDX-License-Identifier: GPL-3.0-or-later
"""A second client, written from the description of the API alone, with nothing but the standard
library: what it understands, others understand.

VITRINECTL names the program; with VITRINE_TLS set, everything goes over HTTPS."""

import base64
import hashlib
import http.client
import json
import os
import ssl
import struct
import subprocess
import tempfile
import unittest
import urllib.parse
import zlib

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "..", "fixtures", "tls")
PROGRAM = os.environ["VITRINECTL"]
IS_TLS = bool(os.environ.get("VITRINE_TLS"))
BOUNDARY = "--------------------an-independent-boundary"


def png(width=400, height=300, seed=1):
    """A picture, byte by byte."""
    rows = b"".join(
        b"\0" + bytes((x * seed + y * 3 + c * 50) % 256 for x in range(width) for c in range(3))
        for y in range(height)
    )

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg_size(data):
    """(width, height) out of a JPEG's frame header."""
    at = 2
    while at < len(data):
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xC3:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise AssertionError("no JPEG")


def form(file=None, name="boat.png", alt=None, is_private=None):
    """An upload as browsers write it, and its Content-Type."""
    parts = []
    if file is not None:
        escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        heading = f'name="file"; filename="{escaped}"\r\nContent-Type: image/png'
        parts.append((heading, file))
    if alt is not None:
        parts.append(('name="alt"', alt.encode()))
    if is_private is not None:
        parts.append(('name="isPrivate"', is_private.encode()))
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {heading}\r\n\r\n".encode()
        + data
        + b"\r\n"
        for heading, data in parts
    )
    return body + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"


def digest(body):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Server:
    """A real `vitrinectl serve` over a directory of its own."""

    def __init__(self, *options):
        self._directory = tempfile.TemporaryDirectory()
        self.data = os.path.join(self._directory.name, "data")
        self._options = options
        self.start()

    def start(self):
        ready = os.path.join(self._directory.name, "ready.json")
        command = [PROGRAM, "serve", "--data", self.data, "--ready-file", ready, *self._options]
        if IS_TLS:
            command += ["--tls-cert", os.path.join(FIXTURES, "server.pem")]
            command += ["--tls-key", os.path.join(FIXTURES, "server.key")]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        if not self._process.stdout.readline():
            raise AssertionError("the server did not start")
        with open(ready, encoding="utf-8") as file:
            self.ready = json.load(file)
        self.url = urllib.parse.urlsplit(self.ready["url"])

    def stop(self):
        self._process.terminate()
        code = self._process.wait(30)
        self._process.stdout.close()
        if code != 0:
            raise AssertionError(f"the server ended with {code}")

    def close(self):
        self.stop()
        self._directory.cleanup()

    def ctl(self, *arguments):
        """What `vitrinectl --json ARGUMENTS` prints, as objects."""
        done = subprocess.run(
            [PROGRAM, "--json", *arguments, "--data", self.data],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    @property
    def owner(self):
        return {
            "CF-Access-Client-Id": self.ready["clientId"],
            "CF-Access-Client-Secret": self.ready["clientSecret"],
        }

    def connection(self):
        if not IS_TLS:
            return http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        context = ssl.create_default_context(cafile=os.path.join(FIXTURES, "ca.pem"))
        return http.client.HTTPSConnection(
            self.url.hostname, self.url.port, timeout=60, context=context
        )

    def ask(self, method, target, headers=None, body=None):
        """One request on a connection of its own. \\a headers: a dictionary, or pairs."""
        parts = urllib.parse.urlsplit(target)
        path = parts.path + ("?" + parts.query if parts.query else "")
        connection = self.connection()
        fields = list(headers.items()) if isinstance(headers, dict) else list(headers or [])
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in fields:
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def ask_as_owner(self, method, target, headers=None, body=None):
        return self.ask(method, target, {**self.owner, **(headers or {})}, body)

    def send(self, method, target, value, headers=None):
        """JSON, as the owner."""
        body = json.dumps(value).encode()
        fields = {"Content-Type": "application/json", **(headers or {})}
        return self.ask_as_owner(method, target, fields, body)

    def upload(self, file, headers=None, **fields):
        body, kind = form(file, **fields)
        return self.ask_as_owner(
            "POST", "/api/admin/upload", {"Content-Type": kind, **(headers or {})}, body
        )

    def share(self, file, headers=None, **fields):
        """Uploads and gives the item."""
        answer = self.upload(file, {"Prefer": "return=representation", **(headers or {})}, **fields)
        if answer.status != 201:
            raise AssertionError(f"{answer.status}: {answer.body!r}")
        return answer.json()


class Case(unittest.TestCase):
    """Tests that share one server."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def assert_problem(self, answer, status):
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        problem = answer.json()
        self.assertEqual(problem["status"], status)
        self.assertTrue(problem["title"])
        self.assertTrue(problem["detail"])
        self.assertEqual(problem["error"], problem["detail"])
