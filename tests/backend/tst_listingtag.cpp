// SPDX-License-Identifier: GPL-3.0-or-later
// The tag of the listing, by which a client knows in one request that nothing has changed.
#include "tests/backend/fixture.h"
#include "tests/support/pictures.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::test;
using backend::http::Headers;
using backend::http::Response;

class TestListingTag : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unchangedListingIsNotToldAgain();
    void everyChangeIsAnotherTag_data();
    void everyChangeIsAnotherTag();
    void viewsHaveTagsOfTheirOwn();

private:
    static QByteArray tagOf(const Response& response) { return response.headers.value("ETag"); }
};

void TestListingTag::unchangedListingIsNotToldAgain()
{
    Backend backend;
    backend.share(jpeg(picture({60, 40})));
    const Response told = backend.ask("GET", "/api/images");
    QCOMPARE(told.status, 200);
    QVERIFY(!tagOf(told).isEmpty());
    const Headers known{{"If-None-Match", tagOf(told)}};
    const Response again = backend.ask("GET", "/api/images", known);
    QCOMPARE(again.status, 304);
    QVERIFY(again.body.isEmpty());
    QCOMPARE(tagOf(again), tagOf(told));
    QCOMPARE(again.headers.value("Cache-Control"), told.headers.value("Cache-Control"));
    QCOMPARE(backend.ask("GET", "/api/images", Headers{{"If-None-Match", "\"other\""}}).status,
             200);
}

void TestListingTag::everyChangeIsAnotherTag_data()
{
    using Change = std::function<void(Backend&, const QByteArray& id)>;
    QTest::addColumn<Change>("change");
    QTest::newRow("upload") << Change([](Backend& backend, const QByteArray&) {
        backend.share(jpeg(picture({60, 40}, 2)));
    });
    QTest::newRow("edit") << Change([](Backend& backend, const QByteArray& id) {
        QCOMPARE(
            backend.askAsOwner("PATCH", "/api/admin/images/" + id, {}, R"({"alt":"new"})").status,
            200);
    });
    QTest::newRow("delete") << Change([](Backend& backend, const QByteArray& id) {
        QCOMPARE(
            backend.askAsOwner("POST", "/api/admin/delete", {}, R"({"id":")" + id + R"("})").status,
            200);
    });
    QTest::newRow("download") << Change([](Backend& backend, const QByteArray& id) {
        QCOMPARE(backend.ask("GET", "/api/download?id=" + id).status, 302);
    });
    QTest::newRow("other signatures")
        << Change([](Backend& backend, const QByteArray&) { backend.clock.advance(1h); });
}

void TestListingTag::everyChangeIsAnotherTag()
{
    using Change = std::function<void(Backend&, const QByteArray& id)>;
    QFETCH(Change, change);
    Backend backend;
    const QByteArray id = backend.share(jpeg(picture({60, 40})))["id"_L1].toString().toLatin1();
    const QByteArray before = tagOf(backend.ask("GET", "/api/images"));
    change(backend, id);
    const Response after = backend.ask("GET", "/api/images", Headers{{"If-None-Match", before}});
    QCOMPARE(after.status, 200);
    QVERIFY(tagOf(after) != before);
}

void TestListingTag::viewsHaveTagsOfTheirOwn()
{
    Backend backend;
    const QByteArray guests = tagOf(backend.ask("GET", "/api/images"));
    const QByteArray owners = tagOf(backend.askAsOwner("GET", "/api/admin/images"));
    QVERIFY(!owners.isEmpty());
    QVERIFY(guests != owners);
}

QTEST_GUILESS_MAIN(TestListingTag)
#include "tst_listingtag.moc"
