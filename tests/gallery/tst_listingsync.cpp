// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/gallery.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/gallery/pagedserver.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::gallery;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

class TestListingSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void rowsAreThereAfterTheFirstPage();
    void whatIsGoneIsFoundByReadingOn_data();
    void whatIsGoneIsFoundByReadingOn();
    void brokenReadingTakesNothingAway();
    void whatCannotBeReadIsLeftAlone_data();
    void whatCannotBeReadIsLeftAlone();
    void aBrokenReadingOfOddItemsIsNotGoneOnWith_data();
    void aBrokenReadingOfOddItemsIsNotGoneOnWith();
    void aListingOfNothingButOddItemsTakesNothingAway();
    void whatHasNoIdIsNotKept();
    void anotherRunReadsOn();
    void whatIsNewComesBeforeTheRest();
    void oldReadingBeginsAnew();
    void deadCursorBeginsAnew();
    void unchangedListingIsOneRequest();
    void onlyServersThatKnowAreAsked();
    void tagOfABrokenReadingIsNotKept();
    void everNewCursorsAreNoticed();
    void whatIsDroppedWhileLoadingStaysAway();
    void whoSignsInMeanwhileSeesTheirs();

private:
    std::unique_ptr<Gallery> newRun();
    QStringList shown() const;

    test::FakeClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    QNetworkAccessManager m_network;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<test::PagedServer> m_server;
    std::unique_ptr<api::ApiClient> m_client;
    std::unique_ptr<Gallery> m_gallery;
};

void TestListingSync::init()
{
    m_gallery.reset();
    m_client = std::make_unique<api::ApiClient>(m_network);
    m_server = std::make_unique<test::PagedServer>();
    m_directory = std::make_unique<QTemporaryDir>();
    m_client->setServer(m_server->url(), {});
    VERIFY_OK(await(m_client->greet()));
    m_gallery = newRun();
}

std::unique_ptr<Gallery> TestListingSync::newRun()
{
    m_gallery.reset(); // its database is this one's
    auto gallery = std::make_unique<Gallery>(*m_client, m_pictures, m_clock, m_directory->path());
    if (!await(gallery->load()))
        qFatal("the listing was not loaded");
    return gallery;
}

QStringList TestListingSync::shown() const
{
    QStringList ids;
    for (const auto& image : m_gallery->model().images())
        ids += image.id;
    return ids;
}

void TestListingSync::rowsAreThereAfterTheFirstPage()
{
    QStringList first;
    QObject::connect(m_gallery.get(), &Gallery::answered, m_server.get(), [&] {
        if (first.isEmpty())
            first = shown();
    });
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(first, QStringList({u"9"_s, u"8"_s}));
    QCOMPARE(shown(), m_server->ids);
    QCOMPARE(m_server->pagesAsked(), 3);
}

void TestListingSync::whatIsGoneIsFoundByReadingOn_data()
{
    QTest::addColumn<bool>("isOldestFirst");
    QTest::newRow("newest first") << false;
    QTest::newRow("oldest first") << true;
}

void TestListingSync::whatIsGoneIsFoundByReadingOn()
{
    QFETCH(bool, isOldestFirst);
    if (isOldestFirst)
        m_server->ids.sort();
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown().size(), 6);
    m_server->ids.removeAll(u"7"_s);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), QStringList({u"9"_s, u"8"_s, u"6"_s, u"5"_s, u"4"_s}));
    m_gallery = newRun();
    QCOMPARE(shown(), QStringList({u"9"_s, u"8"_s, u"6"_s, u"5"_s, u"4"_s}));
}

void TestListingSync::brokenReadingTakesNothingAway()
{
    VERIFY_OK(await(m_gallery->refresh()));
    m_server->ids.removeAll(u"9"_s);
    m_server->broken = 4;
    QVERIFY(!await(m_gallery->refresh()));
    QCOMPARE(shown().size(), 6);
    m_server->broken = -1;
    m_clock.advance(2h);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown().size(), 5);
}

void TestListingSync::whatCannotBeReadIsLeftAlone_data()
{
    QTest::addColumn<QJsonObject>("odd");
    QTest::newRow("no time") << QJsonObject{{u"uploaded"_s, u"yesterday"_s}};
    QTest::newRow("no privacy") << QJsonObject{{u"isPrivate"_s, QJsonValue::Null}};
    QTest::newRow("an id that leads away") << QJsonObject{{u"id"_s, u"../7"_s}};
    QTest::newRow("no id") << QJsonObject{{u"id"_s, QString()}};
}

// One item that makes no sense: the others are shown, and nothing is taken for gone because of it.
void TestListingSync::whatCannotBeReadIsLeftAlone()
{
    VERIFY_OK(await(m_gallery->refresh()));
    QFETCH(QJsonObject, odd);
    m_server->odd.insert(u"7"_s, odd);
    m_server->ids.removeOne(u"5"_s);
    m_server->ids.prepend(u"A"_s);
    m_server->odd.insert(u"A"_s, {{u"uploaded"_s, u"2026-05-03T10:00:00.000Z"_s}});
    VERIFY_OK(await(m_gallery->refresh()));
    const QStringList all{u"A"_s, u"9"_s, u"8"_s, u"7"_s, u"6"_s, u"5"_s, u"4"_s};
    QCOMPARE(shown(), all);
    m_gallery = newRun();
    QCOMPARE(shown(), all);
    m_server->odd.remove(u"7"_s);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::aBrokenReadingOfOddItemsIsNotGoneOnWith_data()
{
    QTest::addColumn<bool>("isNewRun");
    QTest::newRow("in this run") << false;
    QTest::newRow("in the next") << true;
}

// Not even by a reading that goes on where another broke off.
void TestListingSync::aBrokenReadingOfOddItemsIsNotGoneOnWith()
{
    VERIFY_OK(await(m_gallery->refresh()));
    m_server->odd.insert(u"7"_s, {{u"id"_s, u"../7"_s}}); // of the second page
    m_server->broken = 4;
    QVERIFY(!await(m_gallery->refresh()));
    m_server->broken = -1;
    QFETCH(bool, isNewRun);
    if (isNewRun)
        m_gallery = newRun();
    VERIFY_OK(await(m_gallery->refresh()));
    QVERIFY(shown().contains(u"7"_s));
}

void TestListingSync::aListingOfNothingButOddItemsTakesNothingAway()
{
    VERIFY_OK(await(m_gallery->refresh()));
    for (const QString& id : std::as_const(m_server->ids))
        m_server->odd.insert(id, {{u"id"_s, 7}});
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::whatHasNoIdIsNotKept()
{
    m_gallery->put(protocol::Image());
    QVERIFY(shown().isEmpty());
    m_gallery = newRun();
    QVERIFY(shown().isEmpty());
}

void TestListingSync::anotherRunReadsOn()
{
    m_server->broken = 4;
    QVERIFY(!await(m_gallery->refresh()));
    m_gallery = newRun();
    QCOMPARE(shown(), QStringList({u"9"_s, u"8"_s, u"7"_s, u"6"_s}));
    m_server->broken = -1;
    const int before = m_server->pagesAsked();
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), m_server->ids);
    QCOMPARE(m_server->pagesAsked() - before, 2); // the first one, for what is new, and the last
    QCOMPARE(m_server->lastCursor(), QByteArray("4"));
}

void TestListingSync::whatIsNewComesBeforeTheRest()
{
    m_server->ids = {u"6"_s, u"5"_s, u"4"_s, u"3"_s, u"2"_s, u"1"_s};
    m_server->broken = 4;
    QVERIFY(!await(m_gallery->refresh()));
    m_server->broken = -1;
    m_server->ids = {u"9"_s, u"8"_s, u"7"_s, u"6"_s, u"5"_s, u"4"_s, u"3"_s, u"2"_s, u"1"_s};
    m_gallery = newRun();
    VERIFY_OK(await(m_gallery->refresh()));
    // The cursor of this server is a place, so that two of them are read twice.
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::oldReadingBeginsAnew()
{
    m_server->broken = 4;
    QVERIFY(!await(m_gallery->refresh()));
    m_server->broken = -1;
    m_server->ids.removeAll(u"9"_s);
    m_clock.advance(2h);
    m_gallery = newRun();
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::deadCursorBeginsAnew()
{
    m_server->broken = 4;
    QVERIFY(!await(m_gallery->refresh()));
    m_server->broken = -1;
    m_server->dead = 4;
    QVERIFY(!await(m_gallery->refresh()));
    QCOMPARE(shown().size(), 4);
    m_server->dead = -1;
    m_server->ids.removeAll(u"9"_s);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::unchangedListingIsOneRequest()
{
    m_server->etag = "\"1\"";
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery = newRun();
    m_clock.advance(10min);
    const int before = m_server->pagesAsked();
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(m_server->pagesAsked() - before, 1);
    QCOMPARE(shown(), m_server->ids);
    QCOMPARE(m_gallery->refreshed(), m_clock.now());

    m_server->etag = "\"2\"";
    m_server->ids.removeAll(u"4"_s);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::onlyServersThatKnowAreAsked()
{
    m_server->etag = "\"1\""; // of a page, for all that it tells
    m_server->hasFeature = false;
    VERIFY_OK(await(m_client->greet()));
    VERIFY_OK(await(m_gallery->refresh()));
    m_server->ids.removeAll(u"4"_s);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::tagOfABrokenReadingIsNotKept()
{
    m_server->etag = "\"1\"";
    m_server->broken = 4;
    QVERIFY(!await(m_gallery->refresh()));
    m_server->broken = -1;
    m_server->etag = "\"2\"";
    m_server->ids.removeAll(u"9"_s); // which the broken reading had told of
    VERIFY_OK(await(m_gallery->refresh()));
    VERIFY_OK(await(m_gallery->refresh())); // reads all of it
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::everNewCursorsAreNoticed()
{
    m_server->isEndless = true;
    const auto outcome = await(m_gallery->refresh(), 120s);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(shown(), m_server->ids);
}

void TestListingSync::whatIsDroppedWhileLoadingStaysAway()
{
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery.reset();
    m_gallery = std::make_unique<Gallery>(*m_client, m_pictures, m_clock, m_directory->path());
    const auto loaded = m_gallery->load();
    m_gallery->drop(u"7"_s);
    VERIFY_OK(await(loaded));
    QCOMPARE(shown(), QStringList({u"9"_s, u"8"_s, u"6"_s, u"5"_s, u"4"_s}));
}

void TestListingSync::whoSignsInMeanwhileSeesTheirs()
{
    m_gallery->setView(api::View::Guest);
    const auto asGuest = m_gallery->refresh();
    m_gallery->setView(api::View::Owner);
    const auto asOwner = m_gallery->refresh();
    VERIFY_OK(await(asOwner));
    VERIFY_OK(await(asGuest));
    QCOMPARE(m_server->pagesAsked(), 3); // all of the owner's
    QCOMPARE(shown().size(), 6);
}

QTEST_GUILESS_MAIN(TestListingSync)
#include "tst_listingsync.moc"
