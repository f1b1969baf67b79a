// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/sha256.h"
#include "tests/backend/fixture.h"
#include "tests/support/pictures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::test;
using backend::http::Headers;
using backend::http::Response;

class tst_Routes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_jpeg = jpeg(picture({800, 600}));
        m_shared = std::make_unique<Backend>();
    }

    void statuses_data();
    void statuses();
    void everyProblemCarriesTheSentenceTwice();
    void wordsOfTheSetup();
    void uploadAnswersTrueUnlessAskedForTheItem();
    void uploadMakesTheVariants();
    void refusedUploadsStoreNothing_data();
    void refusedUploadsStoreNothing();
    void digestIsVerified_data();
    void digestIsVerified();
    void oneKeyIsOneImage();
    void guestsSeeNothingOfPrivateImages();
    void ownersSeeEverything();
    void pagesStayStable();
    void editsFollowTheRevision();
    void deletingKeepsNothing();
    void pagesOfOtherOriginsChangeNothing();

private:
    QByteArray m_jpeg;
    std::unique_ptr<Backend> m_shared; ///< for rows that leave it as it is, or do not mind
};

void tst_Routes::statuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* method, const char* target, int status,
                        const char* body = "") {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << QByteArray(body)
                            << status;
    };
    row("unknown path", "GET", "/api/nothing", 404);
    row("root", "GET", "/", 404);
    row("traversal", "GET", "/imagedelivery/../../etc/passwd", 404);
    row("encoded traversal", "GET", "/imagedelivery/%2e%2e/%2e%2e/preview", 404);
    row("unknown admin path", "GET", "/api/admin/nothing", 404);
    row("wrong method", "POST", "/api/images", 405);
    row("options", "OPTIONS", "/api/images", 204);
    row("made-up method", "BREW", "/api/images", 405);
    row("wrong admin method", "GET", "/api/admin/upload", 405);
    row("no such download", "GET", "/api/download?id=nothing", 404);
    row("no id", "GET", "/api/download", 404);
    row("foreign cursor", "GET", "/api/images?cursor=abc", 400);
    row("cursor of zero", "GET", "/api/images?cursor=YmVmb3JlOjA", 400);
    row("limit of zero", "GET", "/api/images?limit=0", 400);
    row("limit of words", "GET", "/api/images?limit=all", 400);
    row("great limit", "GET", "/api/images?limit=99999", 200);
    row("no such original", "GET", "/api/admin/original?id=x", 404);
    row("no such upload", "GET", "/api/admin/uploads/some-key", 404);
    row("upload that is no form", "POST", "/api/admin/upload", 415, "{}");
    row("delete without id", "POST", "/api/admin/delete", 400, "{}");
    row("delete with a number", "POST", "/api/admin/delete", 400, "{\"id\":7}");
    row("delete that is no JSON", "POST", "/api/admin/delete", 400, "id=7");
    row("delete of what is gone", "POST", "/api/admin/delete", 200, "{\"id\":\"x\"}");
    row("edit of what is gone", "PATCH", "/api/admin/images/x", 404, "{\"alt\":\"a\"}");
    row("edit of an unknown field", "PATCH", "/api/admin/images/x", 400, "{\"name\":\"a\"}");
    row("edit of nothing", "PATCH", "/api/admin/images/x", 400, "{}");
    row("by the other name", "GET", "/admin/api/images", 200);
}

void tst_Routes::statuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    const Response response = m_shared->askAsOwner(method, target, {}, body);
    QTEST(response.status, "status");
    QVERIFY(!response.headers.contains("Access-Control-Allow-Origin"));
    QCOMPARE(response.headers.contains("Allow"), response.status == 405 || response.status == 204);
    if (response.status >= 400)
        QCOMPARE(response.headers.value("Content-Type"), "application/problem+json");
}

void tst_Routes::everyProblemCarriesTheSentenceTwice()
{
    Backend backend;
    const QJsonObject problem = json(backend.ask("GET", "/nowhere"));
    QCOMPARE(problem["status"_L1].toInt(), 404);
    QVERIFY(!problem["detail"_L1].toString().isEmpty());
    QCOMPARE(problem["error"_L1], problem["detail"_L1]);
}

void tst_Routes::wordsOfTheSetup()
{
    Backend backend(123'456);
    QCOMPARE(backend.ask("GET", "/api/setup").body, "true");
    const QJsonObject capabilities = json(backend.ask("GET", "/api/capabilities"));
    QCOMPARE(capabilities["api"_L1].toString(), u"vitrine/1"_s);
    QCOMPARE(capabilities["limits"_L1]["bytes"_L1].toInt(), 123'456);
}

void tst_Routes::uploadAnswersTrueUnlessAskedForTheItem()
{
    Backend backend;
    const Headers type{{"Content-Type", formType()}};
    const Response plain = backend.askAsOwner("POST", "/api/admin/upload", type, form(m_jpeg));
    QCOMPARE(plain.status, 200);
    QCOMPARE(plain.body, "true");

    const Response asked = backend.upload(m_jpeg);
    QCOMPARE(asked.status, 201);
    const QJsonObject item = json(asked);
    QCOMPARE(item["name"_L1].toString(), u"boat.jpg"_s);
    QCOMPARE(item["alt"_L1].toString(), u"A boat"_s);
    QCOMPARE(item["type"_L1].toString(), u"image/jpeg"_s);
    QCOMPARE(item["width"_L1].toInt(), 800);
    QCOMPARE(item["height"_L1].toInt(), 600);
    QCOMPARE(item["bytes"_L1].toInteger(), m_jpeg.size());
    QCOMPARE(item["uploaded"_L1].toString(), u"2026-05-03T09:41:00.000Z"_s);
    QCOMPARE(item["revision"_L1].toInt(), 1);
    QVERIFY(!item["placeholder"_L1].toString().isEmpty());
    QCOMPARE(item["sha256"_L1].toString().toLatin1(), sha256(m_jpeg).toHex());
}

void tst_Routes::uploadMakesTheVariants()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    const Response preview = backend.ask("GET", targetOf(item["previewURL"_L1].toString()));
    QCOMPARE(preview.status, 200);
    QCOMPARE(QImage::fromData(content(preview)).size(), QSize(360, 270));
    const Response moved =
        backend.ask("GET", "/api/download?id=" + item["id"_L1].toString().toLatin1());
    const Response highres =
        backend.ask("GET", targetOf(QString::fromLatin1(moved.headers.value("Location"))));
    QCOMPARE(QImage::fromData(content(highres)).size(), QSize(800, 600)); // never scaled up
}

void tst_Routes::refusedUploadsStoreNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const QByteArray good = form(m_jpeg);
    QTest::newRow("no image") << form("this is text") << 422;
    QTest::newRow("empty file") << form("") << 422;
    QTest::newRow("cut image") << form(m_jpeg.left(m_jpeg.size() / 2)) << 422;
    QTest::newRow("no file") << form({}, QByteArray()) << 400;
    QTest::newRow("cut form") << good.left(good.size() - 30) << 400;
    QTest::newRow("no form") << QByteArray("hello") << 400;
    QTest::newRow("too large") << form(QByteArray(1'000'001, 'x')) << 413;
    QTest::newRow("far too large") << form(QByteArray(3'000'000, 'x')) << 413;
    QTest::newRow("file twice") << good.left(good.size() - 20) + "\r\n" + good << 400;
    QTest::newRow("another word for private")
        << form(m_jpeg, "a.jpg", {}, true).replace("\r\non\r\n", "\r\ntrue\r\n") << 400;
    QTest::newRow("endless alt") << form(m_jpeg, "a.jpg", QByteArray(20'000, 'a')) << 400;
}

void tst_Routes::refusedUploadsStoreNothing()
{
    QFETCH(QByteArray, body);
    const Headers headers{{"Content-Type", formType()}, {"Idempotency-Key", "key-of-refused"}};
    const QByteArray listing = m_shared->ask("GET", "/api/images").body;
    const int files = m_shared->fileCount();
    const Response response = m_shared->askAsOwner("POST", "/api/admin/upload", headers, body);
    QTEST(response.status, "status");
    QVERIFY(!json(response)["error"_L1].toString().isEmpty());
    QCOMPARE(m_shared->ask("GET", "/api/images").body, listing);
    QCOMPARE(m_shared->fileCount(), files);
    const auto key = m_shared->store->outcome(u"key-of-refused"_s);
    QVERIFY(key && std::holds_alternative<backend::Unused>(*key)); // it can be tried again
}

void tst_Routes::digestIsVerified_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<int>("status");
    const auto field = [](const QByteArray& digest) -> QByteArray {
        return "sha-256=:" + digest.toBase64() + ':';
    };
    const QByteArray whole = form(m_jpeg, "boat.jpg", "A boat");
    QTest::newRow("of the file") << field(sha256(m_jpeg)) << 201;
    QTest::newRow("of the content") << field(sha256(whole)) << 201;
    QTest::newRow("among others") << QByteArray("sha-512=:AAAA:, " + field(sha256(m_jpeg))) << 201;
    QTest::newRow("another algorithm alone") << QByteArray("sha-512=:AAAA:") << 201;
    const auto among = [&](qsizetype at) {
        QByteArray torn = whole;
        torn[at] ^= 1;
        return field(sha256(torn));
    };
    QTest::newRow("of another file in the same form") << among(whole.indexOf(m_jpeg)) << 400;
    QTest::newRow("of other words before it") << among(whole.indexOf("boat.jpg")) << 400;
    QTest::newRow("of other words behind it") << among(whole.indexOf("A boat")) << 400;
    QTest::newRow("of something else") << field(sha256("other")) << 400;
    QTest::newRow("malformed") << QByteArray("sha-256=nonsense") << 400;
    QTest::newRow("too short") << QByteArray("sha-256=:AAAA:") << 400;
}

void tst_Routes::digestIsVerified()
{
    QFETCH(QByteArray, field);
    const int files = m_shared->fileCount();
    const Response response = m_shared->upload(m_jpeg, false, {{"Content-Digest", field}});
    QTEST(response.status, "status");
    if (response.status != 201)
        QCOMPARE(m_shared->fileCount(), files);
}

void tst_Routes::oneKeyIsOneImage()
{
    Backend backend;
    QCOMPARE(backend.askAsOwner("GET", "/api/admin/uploads/key-1").status, 404);
    const QString id = backend.share(m_jpeg, false, "key-1")["id"_L1].toString();
    const Response again = backend.upload(m_jpeg, false, {{"Idempotency-Key", "key-1"}});
    QCOMPARE(again.status, 200);
    QCOMPARE(json(again)["id"_L1].toString(), id);
    QCOMPARE(json(backend.askAsOwner("GET", "/api/admin/uploads/key-1"))["id"_L1].toString(), id);
    QCOMPARE(json(backend.ask("GET", "/api/images"))["images"_L1].toArray().size(), 1);

    QVERIFY(backend.store->remove(id));
    QCOMPARE(backend.askAsOwner("GET", "/api/admin/uploads/key-1").status, 404);
    QCOMPARE(backend.upload(m_jpeg, false, {{"Idempotency-Key", "key-1"}}).status, 410);
    QCOMPARE(backend.upload(m_jpeg, false, {{"Idempotency-Key", "a b"}}).status, 400);
}

void tst_Routes::guestsSeeNothingOfPrivateImages()
{
    Backend backend;
    backend.share(m_jpeg, true);
    const QByteArray listing = backend.ask("GET", "/api/images").body;
    const QJsonObject item = QJsonDocument::fromJson(listing)["images"_L1][0].toObject();
    QVERIFY(item["isPrivate"_L1].toBool());
    QCOMPARE(item["name"_L1].toString(), QString());
    QCOMPARE(item["alt"_L1].toString(), QString());
    QVERIFY(!item.contains("sha256"_L1));
    QVERIFY(!listing.contains("sig="));
    const QString url = item["previewURL"_L1].toString();
    QVERIFY(url.endsWith("/blurred"_L1));
    QCOMPARE(backend.ask("GET", targetOf(url)).status, 200);
}

void tst_Routes::ownersSeeEverything()
{
    Backend backend;
    const QString id = backend.share(m_jpeg, true)["id"_L1].toString();
    const QJsonObject item = backend.item(id);
    QCOMPARE(item["alt"_L1].toString(), u"A boat"_s);
    QVERIFY(item.contains("sha256"_L1));
    const Response preview = backend.ask("GET", targetOf(item["previewURL"_L1].toString()));
    QCOMPARE(preview.status, 200);
    QVERIFY(preview.headers.value("Cache-Control").contains("no-store"));
}

void tst_Routes::pagesStayStable()
{
    Backend backend;
    QStringList ids;
    for (int i = 0; i < 5; ++i)
        ids.prepend(backend.share(jpeg(picture({32, 32}, i)))["id"_L1].toString());
    const QJsonObject first = json(backend.ask("GET", "/api/images?limit=2"));
    backend.share(m_jpeg);                  // one comes
    QVERIFY(backend.store->remove(ids[1])); // one goes, the very one that the cursor points at
    QStringList seen;
    for (QJsonObject page = first;;) {
        for (const auto& image : page["images"_L1].toArray())
            seen.append(image.toObject()["id"_L1].toString());
        if (!page.contains("cursor"_L1))
            break;
        const QByteArray cursor = page["cursor"_L1].toString().toLatin1();
        page = json(backend.ask("GET", "/api/images?limit=2&cursor=" + cursor));
    }
    QCOMPARE(seen, ids);
}

void tst_Routes::editsFollowTheRevision()
{
    Backend backend;
    const QString id = backend.share(m_jpeg)["id"_L1].toString();
    const QByteArray target = "/api/admin/images/" + id.toLatin1();
    const Response edited =
        backend.askAsOwner("PATCH", target, {{"If-Match", "\"1\""}}, R"({"alt":"A ship"})");
    QCOMPARE(edited.status, 200);
    QCOMPARE(json(edited)["revision"_L1].toInt(), 2);
    const Response late =
        backend.askAsOwner("PATCH", target, {{"If-Match", "\"1\""}}, R"({"alt":"A raft"})");
    QCOMPARE(late.status, 412);
    QCOMPARE(json(late)["alt"_L1].toString(), u"A ship"_s);
    QCOMPARE(json(late)["revision"_L1].toInt(), 2);
    QCOMPARE(backend.askAsOwner("PATCH", target, {{"If-Match", "2"}}, R"({"alt":"x"})").status,
             400);
    QCOMPARE(json(backend.askAsOwner("PATCH", target, {}, R"({"alt":"A raft"})"))["alt"_L1],
             u"A raft"_s);
    QCOMPARE(backend.item(id)["isPrivate"_L1].toBool(), false);
}

void tst_Routes::deletingKeepsNothing()
{
    Backend backend;
    const QString one = backend.share(m_jpeg)["id"_L1].toString();
    const QString two = backend.share(m_jpeg)["id"_L1].toString();
    QVERIFY(one != two);
    const int shared = backend.fileCount();
    const auto remove = [&](const QString& id) {
        return backend
            .askAsOwner("POST", "/api/admin/delete", {}, "{\"id\":\"" + id.toLatin1() + "\"}")
            .body;
    };
    QCOMPARE(remove(one), "true");
    QCOMPARE(backend.fileCount(), shared); // the other one needs them
    const QByteArray preview = targetOf(backend.item(two)["previewURL"_L1].toString());
    QCOMPARE(backend.ask("GET", preview).status, 200);
    QCOMPARE(remove(two), "true");
    QCOMPARE(backend.fileCount(), 0);
    QCOMPARE(backend.ask("GET", preview).status, 404);
    QCOMPARE(remove(two), "true");
}

void tst_Routes::pagesOfOtherOriginsChangeNothing()
{
    Backend backend;
    const QString id = backend.share(m_jpeg)["id"_L1].toString();
    const Response response =
        backend.askAsOwner("POST", "/api/admin/delete", {{"Origin", "https://example.org"}},
                           "{\"id\":\"" + id.toLatin1() + "\"}");
    QCOMPARE(response.status, 403);
    QVERIFY(!backend.item(id).isEmpty());
}

QTEST_GUILESS_MAIN(tst_Routes)
#include "tst_routes.moc"
