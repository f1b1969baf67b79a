# SPDX-License-Identifier: GPL-3.0-or-later
"""What the owner may do."""

import hashlib
import unittest

from client import Case, digest, form, png

UPLOAD = "/api/admin/upload"
ITEM = {"Prefer": "return=representation"}


class Upload(Case):
    def listed(self):
        return self.server.ask_as_owner("GET", "/api/admin/images").json()["images"]

    def test_answers_true_unless_asked_for_the_item(self):
        bare = self.server.upload(png(30, 20, 1))
        self.assertEqual((bare.status, bare.body), (200, b"true"))
        full = self.server.upload(png(30, 20, 2), ITEM, alt="Gulls", is_private="on")
        self.assertEqual(full.status, 201)
        self.assertEqual(full.headers["Preference-Applied"], "return=representation")
        item = full.json()
        self.assertEqual((item["alt"], item["isPrivate"]), ("Gulls", True))
        self.assertTrue(item["previewURL"].partition("?")[0].endswith("/preview"))
        self.assertEqual(self.server.ask("GET", item["previewURL"]).status, 200)

    def test_the_alias_is_the_same(self):
        body, kind = form(png(30, 20, 3))
        answer = self.server.ask_as_owner("POST", "/admin/api/upload", {"Content-Type": kind}, body)
        self.assertEqual((answer.status, answer.body), (200, b"true"))
        self.assertEqual(self.server.ask_as_owner("GET", "/admin/api/images").status, 200)

    def test_one_key_is_one_image(self):
        key = {"Idempotency-Key": "f3b1-key", **ITEM}
        missing = self.server.ask_as_owner("GET", "/api/admin/uploads/f3b1-key")
        self.assert_problem(missing, 404)
        first = self.server.upload(png(30, 20, 4), key)
        second = self.server.upload(png(30, 20, 5), key)  # whatever it brings
        self.assertEqual((first.status, second.status), (201, 200))
        self.assertEqual(first.json()["id"], second.json()["id"])
        known = self.server.ask_as_owner("GET", "/api/admin/uploads/f3b1-key")
        self.assertEqual((known.status, known.json()), (200, first.json()))
        for bad in ("", "a b", "x" * 1000):
            self.assert_problem(self.server.upload(png(30, 20, 4), {"Idempotency-Key": bad}), 400)

    def test_digests_are_checked(self):
        picture = png(30, 20, 6)
        body, _ = form(picture)
        before = len(self.listed())
        for right in (digest(body), digest(picture), "md5=:AAAA:, " + digest(body)):
            self.assertEqual(self.server.upload(picture, {"Content-Digest": right}).status, 200)
        for wrong in (digest(b"something else"), "sha-256=:AAAA:", "sha-256=nonsense"):
            self.assert_problem(self.server.upload(picture, {"Content-Digest": wrong}), 400)
        self.assertEqual(len(self.listed()), before + 3)

    def test_what_fails_stores_nothing(self):
        before = self.listed()
        picture = png(300, 200, 7)
        body, kind = form(picture)
        for status, content in (
            (422, form(b"this is a text")),
            (422, form(picture[: len(picture) // 2])),
            (400, form(None, alt="no file")),
            (400, form(picture, is_private="yes")),
            (400, (body[:-20], kind)),
            (400, (b"no form", kind)),
            (415, (body, "image/png")),
            (415, (body, "multipart/form-data")),
        ):
            fields = {"Content-Type": content[1]}
            self.assert_problem(
                self.server.ask_as_owner("POST", UPLOAD, fields, content[0]), status
            )
        self.assertEqual(self.listed(), before)

    def test_names_arrive_or_are_made_safe(self):
        for sent, arrives in (
            ("Böötchen ⛵.png", "Böötchen ⛵.png"),
            ('quo"te.png', 'quo"te.png'),
            ("../../etc/passwd", "passwd"),
            ("line\r\nbreak.png", "linebreak.png"),
            ("a\u202egpj.exe", "agpj.exe"),
        ):
            self.assertEqual(self.server.share(png(9, 9), name=sent)["name"], arrives)


class Images(Case):
    def test_edit(self):
        item = self.server.share(png(40, 30), alt="A boat")
        target = "/api/admin/images/" + item["id"]
        answer = self.server.send("PATCH", target, {"alt": "A ship"}, {"If-Match": '"1"'})
        self.assertEqual(answer.status, 200)
        self.assertEqual((answer.json()["alt"], answer.json()["revision"]), ("A ship", 2))
        self.assertEqual(answer.headers["ETag"], '"2"')
        late = self.server.send("PATCH", target, {"alt": "A raft"}, {"If-Match": '"1"'})
        self.assertEqual((late.status, late.json()["alt"]), (412, "A ship"))
        for wrong in ({}, {"name": "x"}, {"alt": 1}, {"isPrivate": "on"}, [], 7):
            self.assert_problem(self.server.send("PATCH", target, wrong), 400)
        self.assert_problem(self.server.send("PATCH", target, {"alt": "x" * 20_000}), 400)
        self.assert_problem(self.server.send("PATCH", target, {"alt": "x" * 200_000}), 413)
        gone = self.server.send("PATCH", "/api/admin/images/nothing", {"alt": "x"})
        self.assert_problem(gone, 404)

    def test_private_revokes_what_was_signed(self):
        item = self.server.share(png(50, 30))
        highres = self.server.ask("GET", "/api/download?id=" + item["id"]).headers["Location"]
        for url in (item["previewURL"], highres):
            self.assertEqual(self.server.ask("GET", url).status, 200)
        target = "/api/admin/images/" + item["id"]
        self.assertEqual(self.server.send("PATCH", target, {"isPrivate": True}).status, 200)
        for url in (item["previewURL"], highres):
            self.assert_problem(self.server.ask("GET", url), 403)
        self.assertEqual(self.server.send("PATCH", target, {"isPrivate": False}).status, 200)
        self.assert_problem(self.server.ask("GET", highres), 403)

    def test_delete(self):
        item = self.server.share(png(60, 30))
        for _ in range(2):  # also when it is gone already
            answer = self.server.send("POST", "/api/admin/delete", {"id": item["id"]})
            self.assertEqual((answer.status, answer.body), (200, b"true"))
        self.assert_problem(self.server.ask("GET", item["previewURL"]), 404)
        for wrong in ({}, {"id": 7}, {"id": ""}, []):
            self.assert_problem(self.server.send("POST", "/api/admin/delete", wrong), 400)

    def test_original(self):
        picture = png(70, 30)
        item = self.server.share(picture, name="böot.png", is_private="on")
        target = "/api/admin/original?id=" + item["id"]
        whole = self.server.ask_as_owner("GET", target)
        self.assertEqual((whole.status, whole.body), (200, picture))
        self.assertEqual(whole.headers["Content-Type"], "image/png")
        self.assertIn("filename*=UTF-8''b%C3%B6ot.png", whole.headers["Content-Disposition"])
        part = self.server.ask_as_owner("GET", target, {"Range": "bytes=5-"})
        self.assertEqual((part.status, part.body), (206, picture[5:]))
        self.assertEqual(hashlib.sha256(whole.body).digest(), hashlib.sha256(picture).digest())
        counted = self.server.ask_as_owner("GET", "/api/admin/images").json()["images"]
        counts = {image["id"]: image["downloadCount"] for image in counted}
        self.assertEqual(counts[item["id"]], 0)
        self.assert_problem(self.server.ask_as_owner("GET", "/api/admin/original?id=x"), 404)

    def test_methods(self):
        for method, target, allowed in (
            ("GET", UPLOAD, {"POST", "OPTIONS"}),
            ("POST", "/api/admin/images", {"GET", "HEAD", "OPTIONS"}),
            ("GET", "/api/admin/images/some-id", {"PATCH", "OPTIONS"}),
            ("DELETE", "/api/admin/delete", {"POST", "OPTIONS"}),
        ):
            answer = self.server.ask_as_owner(method, target)
            self.assert_problem(answer, 405)
            self.assertEqual(set(answer.headers["Allow"].split(", ")), allowed)

    def test_metrics(self):
        for seed in (1, 2):
            self.server.share(png(80, 30, seed), name="secret-name.png", alt="secret words")
        answer = self.server.ask_as_owner("GET", "/api/admin/metrics")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"))
        samples = {}
        for line in answer.body.decode().splitlines():
            if not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                samples[name] = float(value)
        uploads = 'vitrine_http_requests_total{route="/api/admin/upload",method="POST",status="201"}'
        self.assertGreaterEqual(samples[uploads], 1)
        self.assertGreaterEqual(samples["vitrine_images"], 1)
        self.assertGreater(samples["process_resident_memory_bytes"], 1_000_000)
        self.assertNotIn(b"secret", answer.body)


if __name__ == "__main__":
    unittest.main()
