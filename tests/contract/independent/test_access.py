# SPDX-License-Identifier: GPL-3.0-or-later
"""Who passes the gate, and how the others are told."""

import base64
import concurrent.futures
import hashlib
import hmac
import json
import socket
import unittest

from client import IS_TLS, Case, png

ADMIN = (
    ("POST", "/api/admin/upload"),
    ("GET", "/api/admin/uploads/key"),
    ("GET", "/api/admin/images"),
    ("PATCH", "/api/admin/images/x"),
    ("POST", "/api/admin/delete"),
    ("GET", "/api/admin/original?id=x"),
    ("GET", "/api/admin/metrics"),
    ("GET", "/api/admin/unknown"),
    ("OPTIONS", "/api/admin/images"),
)


def encoded(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Gate(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = cls.server.ctl("access", "token", "ada@example.org")[0]["token"]

    def assert_denied(self, headers, method="GET", target="/api/admin/images"):
        answer = self.server.ask(method, target, headers)
        self.assertEqual((answer.status, answer.body), (403, b"Access denied."), target)

    def assert_all_denied(self, attempts):
        """At the same time: each refusal is held back longer than the one before."""
        with concurrent.futures.ThreadPoolExecutor(16) as clients:
            list(clients.map(self.assert_denied, attempts))

    def test_guests_get_nothing(self):
        for method, target in ADMIN:
            self.assert_denied({}, method, target)
            self.assert_denied({}, method, target.replace("/api/admin/", "/admin/api/"))

    def test_service_tokens(self):
        owner = self.server.owner
        self.assertEqual(self.server.ask("GET", "/api/admin/images", owner).status, 200)
        identifier, secret = owner["CF-Access-Client-Id"], owner["CF-Access-Client-Secret"]
        self.assert_all_denied((
            {"CF-Access-Client-Id": identifier},
            {"CF-Access-Client-Secret": secret},
            {"CF-Access-Client-Id": identifier, "CF-Access-Client-Secret": secret[:-1]},
            {"CF-Access-Client-Id": "x" + identifier, "CF-Access-Client-Secret": secret},
            [("CF-Access-Client-Id", identifier)] * 2 + [("CF-Access-Client-Secret", secret)],
        ))

    def test_they_are_made_listed_and_revoked_while_the_server_runs(self):
        (made,) = self.server.ctl("access", "create", "a laptop")
        headers = {
            "CF-Access-Client-Id": made["clientId"],
            "CF-Access-Client-Secret": made["clientSecret"],
        }
        self.assertEqual(self.server.ask("GET", "/api/admin/images", headers).status, 200)
        listed = {token["clientId"]: token for token in self.server.ctl("access", "list")}
        self.assertEqual(listed[made["clientId"]]["name"], "a laptop")
        self.assertNotIn(made["clientSecret"], json.dumps(list(listed.values())))
        self.server.ctl("access", "revoke", made["clientId"])
        self.assert_denied(headers)

    def test_persons(self):
        for name, value in (
            ("cf-access-token", self.token),
            ("Cf-Access-Jwt-Assertion", self.token),
            ("Cookie", "theme=dark; CF_Authorization=" + self.token),
        ):
            self.assertEqual(self.server.ask("GET", "/api/admin/images", {name: value}).status, 200)
        head, claims, _ = self.token.split(".")
        self.assertEqual(decoded(head)["alg"], "RS256")
        self.assertEqual(decoded(claims)["email"], "ada@example.org")
        self.assertEqual(decoded(claims)["aud"], [self.server.ready["aud"]])
        self.assertEqual(decoded(claims)["iss"], self.server.ready["issuer"])
        (key,) = self.server.ask("GET", "/cdn-cgi/access/certs").json()["keys"]
        self.assertEqual(decoded(head)["kid"], key["kid"])

    def test_signatures_by_the_published_key(self):
        head, claims, signature = self.token.split(".")
        (key,) = self.server.ask("GET", "/cdn-cgi/access/certs").json()["keys"]

        def integer(part):
            return int.from_bytes(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)), "big")

        opened = pow(integer(signature), integer(key["e"]), integer(key["n"]))
        digest = hashlib.sha256(f"{head}.{claims}".encode()).digest()
        self.assertEqual(opened.to_bytes(256, "big")[-32:], digest)

    def test_forged_tokens(self):
        head, claims, signature = self.token.split(".")
        (key,) = self.server.ask("GET", "/cdn-cgi/access/certs").json()["keys"]
        kid = key["kid"]

        def hs256(secret):
            start = encoded({"alg": "HS256", "kid": kid}) + "." + claims
            return start + "." + encoded(hmac.digest(secret, start.encode(), "sha256"))

        later = {**decoded(claims), "exp": decoded(claims)["exp"] + 10_000_000}
        modulus = base64.urlsafe_b64decode(key["n"] + "==")
        forged = (
            encoded({"alg": "none", "kid": kid}) + f".{claims}.",
            encoded({"alg": "none", "kid": kid}) + f".{claims}.{signature}",
            encoded({"alg": "NONE", "kid": kid}) + f".{claims}.",
            hs256(modulus),
            hs256(key["n"].encode()),
            hs256(json.dumps(key).encode()),
            hs256(b""),
            encoded({**decoded(head), "kid": "another"}) + f".{claims}.{signature}",
            f"{head}.{encoded(later)}.{signature}",
            f"{head}.{claims}.{signature[:-4]}AAAA",
            f"{head}.{claims}.",
            f"{head}.{claims}",
            f"{head}.{claims}.{signature}.x",
            "nonsense",
            "",
        )
        self.assert_all_denied({"cf-access-token": token} for token in forged)
        twice = (
            ("cf-access-token", self.token),
            ("Cf-Access-Jwt-Assertion", self.token),
            ("Cookie", "CF_Authorization=" + self.token),
        )
        self.assert_all_denied([field, field] for field in twice)

    def test_nothing_of_a_refused_upload_is_read(self):
        length = 40_000_000
        head = (
            f"POST /api/admin/upload HTTP/1.1\r\nHost: {self.server.url.netloc}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {length}\r\n\r\n"
        )
        connection = self.server.connection()
        self.addCleanup(connection.close)
        connection.connect()
        connection.sock.sendall(head.encode())  # and no body at all
        answer = connection.sock.recv(65536)
        self.assertTrue(answer.startswith(b"HTTP/1.1 403 "), answer)


class Keys(Case):
    def status_of(self, token):
        return self.server.ask("GET", "/api/admin/images", {"cf-access-token": token}).status

    def issue(self):
        return self.server.ctl("access", "token", "ada@example.org")[0]["token"]

    def test_they_are_exchanged_while_the_server_runs(self):
        before = self.issue()
        (made,) = self.server.ctl("access", "new-key")
        after = self.issue()
        self.assertEqual(decoded(after.split(".")[0])["kid"], made["keyId"])
        self.assertEqual((self.status_of(before), self.status_of(after)), (200, 200))
        published = self.server.ask("GET", "/cdn-cgi/access/certs").json()["keys"]
        self.assertEqual(
            [key["kid"] for key in published],
            [made["keyId"], decoded(before.split(".")[0])["kid"]],
        )
        self.assertFalse(any("d" in key for key in published))

        self.server.ctl("access", "new-key", "--keep-hours", "0")
        self.assertEqual((self.status_of(before), self.status_of(after)), (403, 403))
        self.assertEqual(self.status_of(self.issue()), 200)


class Browsers(Case):
    options = ("--allow-origin", "https://gallery.example.org")
    allowed = {"Origin": "https://gallery.example.org", "Sec-Fetch-Site": "cross-site"}

    def test_pages_of_other_sites_get_nowhere(self):
        item = self.server.share(png(30, 20))
        preview = item["previewURL"]
        for headers in (
            {"Origin": "https://evil.example.org"},
            {"Origin": "null"},
            {"Origin": "https://gallery.example.org.evil.example.org"},
            {"Origin": "http://gallery.example.org"},
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
            {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
            {"Sec-Fetch-Site": "cross-site", "Referer": "https://evil.example.org/page"},
        ):
            for method, target in (
                ("GET", "/api/images"),
                ("GET", "/api/setup"),
                ("GET", "/api/download?id=" + item["id"]),
                ("GET", preview),
                ("POST", "/api/admin/delete"),
            ):
                answer = self.server.ask(method, target, {**self.server.owner, **headers})
                self.assert_problem(answer, 403)
                self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])
        images = self.server.ask("GET", "/api/images").json()["images"]
        self.assertEqual(images[0]["downloadCount"], 0)

    def test_preflights_of_other_sites_are_refused(self):
        for origin in ("https://evil.example.org", "null"):
            answer = self.server.ask(
                "OPTIONS",
                "/api/admin/upload",
                {"Origin": origin, "Access-Control-Request-Method": "POST"},
            )
            self.assert_problem(answer, 403)
            self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])

    def test_pages_that_were_named_may_use_it(self):
        preflight = self.server.ask(
            "OPTIONS", "/api/admin/upload", {**self.allowed, "Access-Control-Request-Method": "POST"}
        )
        self.assertEqual(preflight.status, 204)
        self.assertEqual(preflight.headers["Access-Control-Allow-Origin"], self.allowed["Origin"])
        self.assertIn("CF-Access-Client-Id", preflight.headers["Access-Control-Allow-Headers"])
        answer = self.server.ask("GET", "/api/images", self.allowed)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], self.allowed["Origin"])
        self.assertIn("Origin", answer.headers["Vary"])
        denied = self.server.ask("GET", "/api/admin/images", self.allowed)
        self.assertEqual((denied.status, denied.body), (403, b"Access denied."))

    def test_a_link_to_a_picture_may_be_opened(self):
        item = self.server.share(png(31, 20))
        link = {
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "document",
        }
        self.assertEqual(self.server.ask("GET", item["previewURL"], link).status, 200)
        self.assert_problem(self.server.ask("GET", "/api/download?id=" + item["id"], link), 403)
        framed = {**link, "Sec-Fetch-Dest": "iframe"}
        self.assert_problem(self.server.ask("GET", item["previewURL"], framed), 403)

    @unittest.skipIf(IS_TLS, "goes by a bare socket")
    def test_a_rebinding_host_gets_nowhere(self):
        for host in ("evil.example.org", f"evil.example.org:{self.server.url.port}", ""):
            with socket.create_connection((self.server.url.hostname, self.server.url.port)) as sock:
                sock.sendall(f"GET /api/images HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                answer = sock.makefile("rb").read()
            self.assertRegex(answer, rb"^HTTP/1\.1 4(00|21) ")
            self.assertNotIn(b"images", answer)


if __name__ == "__main__":
    unittest.main()
