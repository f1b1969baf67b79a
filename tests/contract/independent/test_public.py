# SPDX-License-Identifier: GPL-3.0-or-later
"""What everybody may ask for."""

import base64
import datetime
import gzip
import time
import unittest
import urllib.parse

from client import Case, Server, jpeg_size, png


class Public(Case):
    def test_setup_is_a_bare_word(self):
        answer = self.server.ask("GET", "/api/setup")
        self.assertEqual((answer.status, answer.body), (200, b"true"))

    def test_capabilities(self):
        answer = self.server.ask("GET", "/api/capabilities").json()
        self.assertEqual(answer["api"], "vitrine/1")
        features = {"privacy", "alt", "delete", "idempotency", "original", "conditional"}
        self.assertEqual(set(answer["features"]), features)
        limits = {"bytes": 50_000_000, "pixels": 200_000_000, "side": 30_000}
        self.assertEqual(answer["limits"], limits)

    def test_certs(self):
        keys = self.server.ask("GET", "/cdn-cgi/access/certs").json()["keys"]
        for key in keys:
            self.assertEqual((key["kty"], key["alg"], key["use"]), ("RSA", "RS256", "sig"))
            self.assertTrue(key["kid"] and key["n"] and key["e"])
            self.assertNotIn("d", key)

    def test_items(self):
        before = datetime.datetime.now(datetime.timezone.utc)
        shared = self.server.share(png(800, 600, 5), name="pier.png", alt="A pier")
        images = self.server.ask("GET", "/api/images").json()["images"]
        item = next(image for image in images if image["id"] == shared["id"])
        self.assertEqual(item["name"], "pier.png")
        self.assertEqual(item["alt"], "A pier")
        self.assertRegex(item["uploaded"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        uploaded = datetime.datetime.fromisoformat(item["uploaded"].replace("Z", "+00:00"))
        self.assertLess(abs(uploaded - before), datetime.timedelta(minutes=5))
        self.assertIs(item["isPrivate"], False)
        self.assertEqual(item["downloadCount"], 0)
        self.assertEqual((item["width"], item["height"]), (800, 600))
        self.assertEqual(item["bytes"], len(png(800, 600, 5)))
        self.assertEqual(item["type"], "image/png")
        self.assertEqual(item["revision"], 1)
        self.assertGreater(len(base64.b64decode(item["placeholder"], validate=True)), 4)

    def test_private_items_tell_nothing(self):
        shared = self.server.share(png(300, 200, 6), name="x.png", alt="Secret", is_private="on")
        images = self.server.ask("GET", "/api/images").json()["images"]
        item = next(image for image in images if image["id"] == shared["id"])
        self.assertIs(item["isPrivate"], True)
        self.assertEqual((item["name"], item["alt"]), ("", ""))
        self.assertTrue(urllib.parse.urlsplit(item["previewURL"]).path.endswith("/blurred"))
        self.assertEqual(self.server.ask("GET", item["previewURL"]).status, 200)
        self.assert_problem(self.server.ask("GET", "/api/download?id=" + item["id"]), 403)
        self.assertEqual(
            self.server.ask_as_owner("GET", "/api/download?id=" + item["id"]).status, 302
        )

    def test_variants(self):
        item = self.server.share(png(2400, 1200, 7))
        preview = self.server.ask("GET", item["previewURL"])
        self.assertEqual(preview.headers["Content-Type"], "image/jpeg")
        self.assertEqual(jpeg_size(preview.body), (360, 180))
        blurred = item["previewURL"].split("?")[0].replace("/preview", "/blurred")
        self.assertEqual(jpeg_size(self.server.ask("GET", blurred).body), (360, 180))
        moved = self.server.ask("GET", "/api/download?id=" + item["id"])
        self.assertEqual(moved.status, 302)
        location = moved.headers["Location"]
        self.assertIn("/highres?exp=", location)
        expires = int(urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)["exp"][0])
        self.assertLess(abs(expires - time.time() - 3600), 60)
        highres = self.server.ask("GET", location)
        self.assertEqual(jpeg_size(highres.body), (2000, 1000))
        self.assertNotIn(b"Exif", highres.body)
        again = self.server.ask("GET", "/api/images").json()["images"]
        counts = {image["id"]: image["downloadCount"] for image in again}
        self.assertEqual(counts[item["id"]], 1)

    def test_small_pictures_are_not_enlarged(self):
        item = self.server.share(png(100, 50, 8))
        moved = self.server.ask("GET", "/api/download?id=" + item["id"])
        for url in (item["previewURL"], moved.headers["Location"]):
            self.assertEqual(jpeg_size(self.server.ask("GET", url).body), (100, 50))

    def test_signatures(self):
        url = self.server.share(png(200, 100, 9))["previewURL"]
        signature = url.rpartition("=")[2]
        self.assertRegex(signature, r"^[0-9a-f]{64}$")
        other = "0" if signature[-1] != "0" else "1"
        for wrong in (
            url[:-1] + other,
            url.replace("exp=1", "exp=9"),
            url.replace("/preview", "/highres"),
            url.partition("&")[0],
            url.partition("?")[0],
        ):
            self.assert_problem(self.server.ask("GET", wrong), 403)

    def test_ranges_and_conditions(self):
        url = self.server.share(png(400, 300, 10))["previewURL"]
        whole = self.server.ask("GET", url)
        tag, size = whole.headers["ETag"], len(whole.body)
        self.assertEqual(whole.headers["Accept-Ranges"], "bytes")
        self.assertTrue(whole.headers["Cache-Control"])
        part = self.server.ask("GET", url, {"Range": "bytes=10-19"})
        self.assertEqual((part.status, part.body), (206, whole.body[10:20]))
        self.assertEqual(part.headers["Content-Range"], f"bytes 10-19/{size}")
        tail = self.server.ask("GET", url, {"Range": "bytes=-7", "If-Range": tag})
        self.assertEqual((tail.status, tail.body), (206, whole.body[-7:]))
        stale = self.server.ask("GET", url, {"Range": "bytes=10-19", "If-Range": '"old"'})
        self.assertEqual((stale.status, stale.body), (200, whole.body))
        beyond = self.server.ask("GET", url, {"Range": f"bytes={size}-"})
        self.assertEqual(beyond.status, 416)
        self.assertEqual(beyond.headers["Content-Range"], f"bytes */{size}")
        known = self.server.ask("GET", url, {"If-None-Match": tag})
        self.assertEqual((known.status, known.body), (304, b""))
        head = self.server.ask("HEAD", url)
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers["Content-Length"], str(size))

    def test_downloads_of_nothing(self):
        self.assert_problem(self.server.ask("GET", "/api/download?id=nothing"), 404)
        self.assert_problem(self.server.ask("GET", "/api/download"), 404)

    def test_methods(self):
        for method, target, allowed in (
            ("POST", "/api/images", {"GET", "HEAD", "OPTIONS"}),
            ("DELETE", "/api/setup", {"GET", "HEAD", "OPTIONS"}),
            ("PUT", "/imagedelivery/a/b/preview", {"GET", "HEAD", "OPTIONS"}),
        ):
            answer = self.server.ask(method, target)
            self.assert_problem(answer, 405)
            self.assertEqual(set(answer.headers["Allow"].split(", ")), allowed)
            options = self.server.ask("OPTIONS", target)
            self.assertEqual((options.status, options.body), (204, b""))
            self.assertEqual(set(options.headers["Allow"].split(", ")), allowed)
        self.assert_problem(self.server.ask("GET", "/api/unknown"), 404)
        self.assert_problem(self.server.ask("OPTIONS", "/api/unknown"), 404)

    def test_every_answer_says_its_type_and_forbids_guessing(self):
        for target in ("/", "/api/setup", "/api/images", "/api/admin/images", "/api/download?id=x"):
            answer = self.server.ask("GET", target)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertTrue(answer.headers["Content-Type"])
            self.assertIsNone(answer.headers["Server"])


class Listing(Case):
    def test_pages(self):
        ids = [self.server.share(png(20, 20, seed))["id"] for seed in range(1, 8)]
        newest_first = list(reversed(ids))
        seen, cursor, rounds = [], "", 0
        while rounds == 0 or cursor:
            target = f"/api/images?limit=3&cursor={urllib.parse.quote(cursor)}"
            page = self.server.ask("GET", target).json()
            self.assertLessEqual(len(page["images"]), 3)
            seen += [image["id"] for image in page["images"]]
            cursor = page.get("cursor", "")
            if rounds == 0:  # while images come and go
                self.server.share(png(20, 20, 99))
                self.server.send("POST", "/api/admin/delete", {"id": newest_first[1]})
            rounds += 1
        self.assertEqual(seen, newest_first)
        self.assertEqual(rounds, 3)
        self.assert_problem(self.server.ask("GET", "/api/images?cursor=made-up"), 400)
        self.assert_problem(self.server.ask("GET", "/api/images?limit=0"), 400)


class Compression(Case):
    def test_it_is_offered_for_what_everybody_may_see(self):
        for seed in range(1, 6):
            self.server.share(png(20, 20, seed))
        plain = self.server.ask("GET", "/api/images")
        self.assertIsNone(plain.headers["Content-Encoding"])
        packed = self.server.ask("GET", "/api/images", {"Accept-Encoding": "br, gzip;q=0.5"})
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertIn("Accept-Encoding", packed.headers["Vary"])
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        refused = self.server.ask("GET", "/api/images", {"Accept-Encoding": "gzip;q=0"})
        self.assertIsNone(refused.headers["Content-Encoding"])
        owners = self.server.ask_as_owner(
            "GET", "/api/admin/images", {"Accept-Encoding": "gzip"}
        )
        self.assertIsNone(owners.headers["Content-Encoding"])


class Limits(Case):
    options = ("--max-bytes", "100000")

    def test_they_are_told_and_kept(self):
        limits = self.server.ask("GET", "/api/capabilities").json()["limits"]
        self.assertEqual(limits["bytes"], 100000)
        self.assert_problem(self.server.upload(png(40, 40) + bytes(300000)), 413)
        self.assert_problem(self.server.upload(png(40, 40) + bytes(100000)), 413)
        self.assertEqual(self.server.ask("GET", "/api/images").json()["images"], [])


class Lasting(unittest.TestCase):
    def test_everything_is_there_after_a_restart(self):
        server = Server()
        self.addCleanup(server.close)
        key = {"Idempotency-Key": "one-for-ever"}
        item = server.share(png(30, 30), key, alt="Here to stay")
        server.ask("GET", "/api/download?id=" + item["id"])
        server.stop()
        server.start()
        (image,) = server.ask("GET", "/api/images").json()["images"]
        self.assertEqual((image["alt"], image["downloadCount"]), ("Here to stay", 1))
        again = server.upload(png(30, 30), {"Prefer": "return=representation", **key})
        self.assertEqual((again.status, again.json()["id"]), (200, item["id"]))


if __name__ == "__main__":
    unittest.main()
