// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/gallery.h"
#include "app/imaging/perceptualhash.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace vitrine::gallery;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

class TestGallery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listingIsThereAgainWithoutTheServer();
    void largeOneComesInPieces();
    void badAnswersRemoveNothing_data();
    void badAnswersRemoveNothing();
    void emptyPagesDoNotEndTheListing();
    void hiddenImagesStayHiddenAndComeBack();
    void whatHappensMeanwhileWins();
    void expiredAddressesAreRenewed();
    void freshAddressThatIsRefusedIsNotAskedForAgain();
    void whatTurnedPrivateElsewhereLeavesNoSharpCopy_data();
    void whatTurnedPrivateElsewhereLeavesNoSharpCopy();
    void whoeverSignsInOrOutSeesAnother_data();
    void whoeverSignsInOrOutSeesAnother();
    void whatTurnsPrivateIsKeptApart_data();
    void whatTurnsPrivateIsKeptApart();
    void whatIsHiddenStaysAsTheServerToldOfIt();
    void whatWasSharedLastIsKnownAgain();

private:
    std::unique_ptr<Gallery> makeGallery();
    /// A listing of one private image, as the owner or a guest is given it, and then the picture.
    void answerAs(api::View view, test::ReplayServer& server);
    static QSize sizeFor(api::View view)
    {
        return view == api::View::Owner ? QSize(300, 200) : QSize(30, 20);
    }
    protocol::Image upload(int seed);
    int count() const { return m_gallery->model().rowCount(); }

    test::FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<test::LocalServer> m_server;
    std::unique_ptr<Gallery> m_gallery;
};

void TestGallery::init()
{
    m_gallery.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<test::LocalServer>(m_pictures);
    m_gallery = makeGallery();
}

std::unique_ptr<Gallery> TestGallery::makeGallery()
{
    return std::make_unique<Gallery>(m_server->client(), m_pictures, m_clock, m_directory->path());
}

protocol::Image TestGallery::upload(int seed)
{
    const QByteArray bytes = test::jpeg(test::picture({300, 200}, seed));
    api::UploadRequest request{.file = test::writeTo(m_directory->path(), u"bytes"_s, bytes),
                               .name = u"%1.jpg"_s.arg(seed),
                               .type = u"image/jpeg"_s,
                               .idempotencyKey = u"key-%1"_s.arg(seed),
                               .sha256 =
                                   QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)};
    return await(m_server->client().upload(request, {})).value();
}

void TestGallery::listingIsThereAgainWithoutTheServer()
{
    upload(1);
    upload(2);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(count(), 2);
    QCOMPARE(m_gallery->refreshed(), m_clock.now());
    const auto before = m_gallery->model().images();

    m_gallery = makeGallery();
    m_server->stop();
    VERIFY_OK(await(m_gallery->load()));
    QCOMPARE(m_gallery->model().images(), before);
    QCOMPARE(m_gallery->refreshed(), m_clock.now());
    QVERIFY(!await(m_gallery->refresh()));
    QCOMPARE(count(), 2);
}

void TestGallery::largeOneComesInPieces()
{
    const int all = 20'000;
    QList<protocol::Image> images(all);
    for (int i = 0; i < all; ++i) {
        images[i].id = QString::number(i);
        images[i].uploaded = m_clock.now().addSecs(-i);
    }
    VERIFY_OK(
        await(m_gallery->catalog().keepPage(images, m_server->client().server(), {.number = 1})));

    m_gallery = makeGallery();
    int atOnce = 0;
    int turns = 0; // of others, while there is more to come
    QStringList gone;
    connect(&m_gallery->model(), &GalleryModel::rowsInserted, this,
            [&](const QModelIndex&, int first, int last) {
                atOnce = qMax(atOnce, last - first + 1);
                if (first > 0 && gone.isEmpty()) { // one that is here, and two that will be
                    gone = {u"5"_s, QString::number(last + 1), QString::number(all - 1)};
                    for (const QString& id : std::as_const(gone))
                        QMetaObject::invokeMethod(
                            this,
                            [this, id, all, &turns] {
                                turns += count() < all / 2;
                                m_gallery->drop(id);
                            },
                            Qt::QueuedConnection);
                }
            });
    VERIFY_OK(await(m_gallery->load()));
    QCOMPARE(turns, 3);
    QCOMPARE(count(), all - 3);
    for (const QString& id : std::as_const(gone))
        QVERIFY(!m_gallery->model().find(id));
    QVERIFY(atOnce <= all / 4);
}

void TestGallery::badAnswersRemoveNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = "application/json";
    QTest::newRow("server error") << 500 << json << QByteArray(R"({"error":"no"})");
    QTest::newRow("login page") << 200 << QByteArray("text/html") << QByteArray("<html>Sign in");
    QTest::newRow("error as 200") << 200 << json << QByteArray(R"({"error":"Could not list."})");
    QTest::newRow("truncated") << 200 << json << QByteArray(R"({"images":[{"id":"a")");
    QTest::newRow("no images") << 200 << json << QByteArray("{}");
    QTest::newRow("no items") << 200 << json << QByteArray(R"({"images":[7]})");
    QTest::newRow("cursor for ever") << 200 << json << QByteArray(R"({"images":[],"cursor":"x"})");
}

void TestGallery::badAnswersRemoveNothing()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    upload(1);
    VERIFY_OK(await(m_gallery->refresh()));
    test::ReplayServer bad;
    bad.answer(status, type, body);
    m_server->client().setServer(bad.url(), {});
    QVERIFY(!await(m_gallery->refresh()));
    QCOMPARE(count(), 1);
    m_gallery = makeGallery();
    VERIFY_OK(await(m_gallery->load()));
    QCOMPARE(count(), 1);
}

void TestGallery::emptyPagesDoNotEndTheListing()
{
    test::ReplayServer paging;
    paging.answer(200, "application/json", R"({"images":[],"cursor":"next"})");
    paging.answer(200, "application/json",
                  R"({"images":[{"id":"a","uploaded":"2026-05-03T09:41:00.000Z","isPrivate":false,)"
                  R"("previewURL":{}}]})");
    m_server->client().setServer(paging.url(), {});
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(count(), 1);
    QCOMPARE(paging.requests().last().target(),
             QByteArray("/api/admin/images?limit=1000&cursor=next"));
}

void TestGallery::hiddenImagesStayHiddenAndComeBack()
{
    const QString id = upload(1).id;
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery->hide(id);
    QCOMPARE(count(), 0);
    VERIFY_OK(await(m_gallery->refresh()));
    QCOMPARE(count(), 0);
    m_gallery->show(id);
    QCOMPARE(count(), 1);
    m_gallery->hide(id);
    m_gallery->drop(id);
    m_gallery->show(id);
    QCOMPARE(count(), 0);
}

void TestGallery::whatHappensMeanwhileWins()
{
    const auto gone = upload(1);
    auto edited = upload(2);
    auto refreshed = m_gallery->refresh();
    m_gallery->drop(gone.id);
    edited.alt = u"newer"_s;
    m_gallery->put(edited);
    VERIFY_OK(await(refreshed));
    QCOMPARE(count(), 1);
    QCOMPARE(m_gallery->model().images().first().alt, u"newer"_s);
}

void TestGallery::expiredAddressesAreRenewed()
{
    const QString id = upload(1).id;
    VERIFY_OK(await(m_gallery->refresh()));
    auto stale = *m_gallery->model().find(id);
    stale.previewUrl.setQuery(u"exp=1&sig=00"_s); // as one that was signed long ago
    m_gallery->put(stale);
    m_clock.advance(2h);
    QSignalSpy refreshed(m_gallery.get(), &Gallery::refreshFinished);
    m_gallery->previews().setWanted({{id, PreviewVariant::Sharp}});
    QTRY_COMPARE(refreshed.size(), 1);
    const PreviewKey key{id, PreviewVariant::Sharp};
    QTRY_VERIFY(!m_gallery->previews().picture(key).isNull());
}

void TestGallery::freshAddressThatIsRefusedIsNotAskedForAgain()
{
    const QString id = upload(1).id;
    VERIFY_OK(await(m_gallery->refresh()));
    auto refused = *m_gallery->model().find(id);
    refused.previewUrl.setQuery(u"exp=1&sig=00"_s);
    m_gallery->put(refused);
    QSignalSpy refreshed(m_gallery.get(), &Gallery::refreshFinished);
    QSignalSpy expired(&m_gallery->previews(), &PreviewLoader::addressExpired);
    m_gallery->previews().setWanted({{id, PreviewVariant::Sharp}});
    QTRY_COMPARE(expired.size(), 1);
    QVERIFY(!m_gallery->isRefreshing());
    QCOMPARE(refreshed.size(), 0);
}

// A guest's view: the owner made it private, and what was seen before has to go from here, too.
void TestGallery::whatTurnedPrivateElsewhereLeavesNoSharpCopy_data()
{
    QTest::addColumn<bool>("isNewRun");
    QTest::addColumn<bool>("isHidden");
    QTest::newRow("while it is looked at") << false << false;
    QTest::newRow("before the disk is read") << true << false;
    QTest::newRow("while it is out of sight") << false << true;
}

void TestGallery::whatTurnedPrivateElsewhereLeavesNoSharpCopy()
{
    QFETCH(const bool, isNewRun);
    QFETCH(const bool, isHidden);
    test::ReplayServer server;
    const auto item = [&server](const QString& variant, bool isPrivate) {
        const QJsonObject image{{u"id"_s, u"a"_s},
                                {u"uploaded"_s, u"2026-05-03T09:41:00.000Z"_s},
                                {u"isPrivate"_s, isPrivate},
                                {u"previewURL"_s, server.url(u"/d/a/"_s + variant).toString()}};
        return QJsonDocument(QJsonObject{{u"images"_s, QJsonArray{image}}}).toJson();
    };
    server.answer(200, "application/json", item(u"preview"_s, false));
    server.answer(200, "image/jpeg", test::jpeg(test::picture({300, 200})));
    server.answer(200, "application/json", item(u"blurred"_s, true));
    server.answer(200, "image/jpeg", test::jpeg(test::picture({30, 20})));
    server.answer(200, "application/json", item(u"blurred"_s, true));
    m_server->client().setServer(server.url(), {});
    VERIFY_OK(await(m_gallery->refresh()));
    const PreviewKey sharp{u"a"_s, PreviewVariant::Sharp};
    m_gallery->previews().setWanted({sharp});
    QTRY_VERIFY(!m_gallery->previews().picture(sharp).isNull());
    const QDir shared(m_directory->filePath(u"previews/public"_s));
    const QDir hidden(m_directory->filePath(u"previews/private"_s));
    QTRY_COMPARE(shared.entryList(QDir::Files).size(), 1);

    if (isNewRun)
        m_gallery = makeGallery();
    if (isHidden) {
        VERIFY_OK(await(m_gallery->load()));
        m_gallery->hide(u"a"_s);
    }
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery->show(u"a"_s);
    QVERIFY(m_gallery->previews().picture(sharp).width() < 300); // the blurred one may be there
    QTRY_COMPARE(shared.entryList(QDir::Files), QStringList());
    QVERIFY(!hidden.exists(u"a.sharp"_s));

    m_gallery->previews().setWanted({{u"a"_s, PreviewVariant::Blurred}}); // which is for everybody
    QTRY_COMPARE(hidden.entryList(QDir::Files).size(), 1);
    m_gallery = makeGallery();
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery.reset(); // all is written
    QCOMPARE(hidden.entryList(QDir::Files).size(), 1);
}

// An owner goes on seeing it, and what is on the disk is not among what everybody may see.
void TestGallery::answerAs(api::View view, test::ReplayServer& server)
{
    const bool isOwner = view == api::View::Owner;
    const QString address = server.url(isOwner ? u"/d/a/preview"_s : u"/d/a/blurred"_s).toString();
    const QJsonObject image{{u"id"_s, u"a"_s},
                            {u"uploaded"_s, u"2026-05-03T09:41:00.000Z"_s},
                            {u"isPrivate"_s, true},
                            {u"previewURL"_s, address}};
    const QJsonObject listing{{u"images"_s, QJsonArray{image}}};
    server.answer(200, "application/json", QJsonDocument(listing).toJson());
    server.answer(200, "image/jpeg", test::jpeg(test::picture(sizeFor(view))));
}

void TestGallery::whoeverSignsInOrOutSeesAnother_data()
{
    QTest::addColumn<api::View>("before");
    QTest::addColumn<api::View>("after");
    QTest::addColumn<QStringList>("kept");
    QTest::newRow("in: there is more to see")
        << api::View::Guest << api::View::Owner << QStringList{u"a.blurred"_s, u"a.sharp"_s};
    QTest::newRow("out: nothing sharp stays")
        << api::View::Owner << api::View::Guest << QStringList{u"a.blurred"_s};
}

void TestGallery::whoeverSignsInOrOutSeesAnother()
{
    QFETCH(const api::View, before);
    QFETCH(const api::View, after);
    test::ReplayServer server;
    answerAs(before, server);
    answerAs(after, server);
    m_server->client().setServer(server.url(), {});
    VERIFY_OK(await(m_gallery->load()));
    VERIFY_OK(await(m_gallery->refresh()));
    const PreviewKey wanted{u"a"_s, PreviewVariant::Sharp};
    m_gallery->previews().setWanted({wanted});
    QTRY_COMPARE(m_gallery->previews().picture(wanted).size(), sizeFor(before));
    VERIFY_OK(await(m_gallery->refresh()));
    QVERIFY(m_gallery->previews().picture(wanted).size() != sizeFor(before));
    QTRY_COMPARE(m_gallery->previews().picture(wanted).size(), sizeFor(after));
    m_gallery.reset(); // all is written
    const QDir kept(m_directory->filePath(u"previews/private"_s));
    QTEST(kept.entryList(QDir::Files), "kept");
    QCOMPARE(QImage(kept.filePath(u"a.blurred"_s)).size(), sizeFor(api::View::Guest));
}

void TestGallery::whatTurnsPrivateIsKeptApart_data()
{
    whatTurnedPrivateElsewhereLeavesNoSharpCopy_data();
}

void TestGallery::whatTurnsPrivateIsKeptApart()
{
    QFETCH(const bool, isNewRun);
    QFETCH(const bool, isHidden);
    auto image = upload(1);
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery->previews().setWanted({{image.id, PreviewVariant::Sharp}});
    const QDir shared(m_directory->filePath(u"previews/public"_s));
    const QDir hidden(m_directory->filePath(u"previews/private"_s));
    QTRY_COMPARE(shared.entryList(QDir::Files).size(), 1);
    VERIFY_OK(await(m_server->client().patch(image.id, 0, {.alt = {}, .isPrivate = true})));
    if (isNewRun)
        m_gallery = makeGallery();
    if (isHidden) {
        VERIFY_OK(await(m_gallery->load()));
        m_gallery->hide(image.id);
    }
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery->show(image.id);
    QTRY_COMPARE(hidden.entryList(QDir::Files).size(), 1);
    QCOMPARE(shared.entryList(QDir::Files), QStringList());
    QCOMPARE(QFileInfo(hidden.path()).permissions() & 0x0077, 0);

    image.isPrivate = false;
    m_gallery->put(image);
    QTRY_COMPARE(shared.entryList(QDir::Files).size(), 1);
    QCOMPARE(hidden.entryList(QDir::Files), QStringList());
}

// A program that uploads from a shell ends at once.
void TestGallery::whatIsHiddenStaysAsTheServerToldOfIt()
{
    const auto image = upload(1);
    VERIFY_OK(await(m_gallery->refresh()));
    m_gallery = makeGallery();
    m_gallery->hide(image.id);
    const auto loaded = m_gallery->load();
    auto newer = image; // before the disk is read
    newer.alt = u"newer"_s;
    m_gallery->put(newer);
    VERIFY_OK(await(loaded));
    m_gallery->show(image.id);
    QCOMPARE(m_gallery->model().images().first().alt, u"newer"_s);
}

void TestGallery::whatWasSharedLastIsKnownAgain()
{
    const QImage preview = test::picture({360, 240}).convertToFormat(QImage::Format_RGB32);
    m_gallery->put(upload(1), preview);
    m_gallery = makeGallery();
    const auto known = await(m_gallery->catalog().fingerprints());
    VERIFY_OK(known);
    QCOMPARE(known->size(), 1);
    QCOMPARE(known->first().likeness, imaging::perceptualHash(preview));
}

QTEST_GUILESS_MAIN(TestGallery)
#include "tst_gallery.moc"
