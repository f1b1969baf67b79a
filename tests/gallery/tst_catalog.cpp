// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/catalog.h"
#include "app/imaging/perceptualhash.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace vitrine;
using namespace vitrine::gallery;
using namespace Qt::StringLiterals;
using protocol::Image;
using test::await;

namespace {

const QUrl kServer(u"http://127.0.0.1:1111"_s);
const QDateTime kNow({2026, 5, 3}, {9, 41}, QTimeZone::utc());

Image image(const QString& id, int minutes)
{
    Image image;
    image.id = id;
    image.previewUrl =
        QUrl(u"http://127.0.0.1:1111/imagedelivery/a/%1/preview?exp=1&sig=x"_s.arg(id));
    image.name = u"ünïcode \"%1\".jpg"_s.arg(id);
    image.alt = u"it's an alt; -- text"_s;
    image.uploaded = kNow.addSecs(60 * minutes);
    image.isPrivate = true;
    image.downloadCount = 3;
    image.size = {400, 300};
    image.bytes = 5'000'000'000;
    image.type = u"image/jpeg"_s;
    image.revision = 7;
    image.placeholder = QByteArray("\0\1\2", 3);
    image.sha256 = QByteArray(32, char(minutes));
    return image;
}

Catalog::Pass begun(Catalog& catalog, int view)
{
    return {await(catalog.beginPass(view, kNow)).value_or(-1), view, {}, kNow};
}

/// As a listing of one page that was read through.
QFuture<Result<QStringList>> listed(Catalog& catalog, const QList<Image>& images)
{
    const Catalog::Pass pass = begun(catalog, 0);
    catalog.keepPage(images, kServer, pass);
    return catalog.finishPass(pass, kNow, "\"tag\"");
}

} // namespace

class TestCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void everythingComesBack();
    void previewsFollowTheServer();
    void otherHostsStayAsTheyAre();
    void putAndDrop();
    void findsByHash();
    void looksStayAsLongAsTheirImages();
    void newestComeFirst();
    void whatAPassDidNotComeUponIsGone();
    void processesReadAtOnce_data();
    void processesReadAtOnce();
    void laterPassKeepsWhatItSaw();
    void passOutlivesTheRun();
    void abandonedPassIsOver();
    void emptyCatalogWasNeverRefreshed();

private:
    QString path() const { return m_directory->filePath(u"below/gallery.db"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCatalog::everythingComesBack()
{
    const QList<Image> images{image(u"b"_s, 2), image(u"a"_s, 1)};
    {
        Catalog catalog(path());
        VERIFY_OK(await(listed(catalog, {images[1], images[0]})));
    }
    Catalog catalog(path());
    const auto listing = await(catalog.load(kServer));
    VERIFY_OK(listing);
    QCOMPARE(listing->images, images); // newest first
    QCOMPARE(listing->refreshed, kNow);
}

void TestCatalog::previewsFollowTheServer()
{
    Catalog catalog(path());
    VERIFY_OK(await(catalog.put(image(u"a"_s, 1), kServer)));
    const auto listing = await(catalog.load(QUrl(u"http://127.0.0.1:2222"_s)));
    VERIFY_OK(listing);
    QCOMPARE(listing->images.first().previewUrl,
             QUrl(u"http://127.0.0.1:2222/imagedelivery/a/a/preview?exp=1&sig=x"_s));
}

void TestCatalog::otherHostsStayAsTheyAre()
{
    Image elsewhere = image(u"a"_s, 1);
    elsewhere.previewUrl = QUrl(u"https://imagedelivery.example/x/a/preview?sig=%2F"_s);
    Catalog catalog(path());
    VERIFY_OK(await(catalog.put(elsewhere, kServer)));
    const auto listing = await(catalog.load(QUrl(u"http://127.0.0.1:2222"_s)));
    QCOMPARE(listing->images.first().previewUrl, elsewhere.previewUrl);
}

void TestCatalog::putAndDrop()
{
    Catalog catalog(path());
    Image changed = image(u"a"_s, 1);
    VERIFY_OK(await(catalog.put(changed, kServer)));
    changed.alt = u"changed"_s;
    VERIFY_OK(await(catalog.put(changed, kServer)));
    VERIFY_OK(await(catalog.put(image(u"b"_s, 2), kServer)));
    VERIFY_OK(await(catalog.drop(u"b"_s)));
    QCOMPARE(await(catalog.load(kServer))->images, QList<Image>{changed});
}

void TestCatalog::findsByHash()
{
    Catalog catalog(path());
    VERIFY_OK(await(catalog.put(image(u"a"_s, 1), kServer)));
    QCOMPARE(await(catalog.findByHash(QByteArray(32, char(1)))).value(), u"a"_s);
    QCOMPARE(await(catalog.findByHash(QByteArray(32, char(9)))).value(), QString());
}

void TestCatalog::looksStayAsLongAsTheirImages()
{
    const QList<Image> images{image(u"b"_s, 2), image(u"a"_s, 1)};
    const QImage picture = test::picture({360, 270});
    Catalog catalog(path());
    VERIFY_OK(await(listed(catalog, images)));
    VERIFY_OK(await(catalog.putLooks({{u"a"_s, picture}, {u"unknown"_s, picture}})));
    VERIFY_OK(await(listed(catalog, images))); // a refresh
    auto prints = await(catalog.fingerprints()).value();
    QCOMPARE(prints.size(), 2);
    QCOMPARE(prints[0].id, u"b"_s); // newest first
    QCOMPARE(prints[0].sha256, images[0].sha256);
    QVERIFY(!prints[0].likeness);
    QCOMPARE(prints[1].name, images[1].name);
    QCOMPARE(prints[1].likeness, imaging::perceptualHash(picture));

    VERIFY_OK(await(catalog.drop(u"a"_s)));
    VERIFY_OK(await(catalog.put(images[1], kServer)));
    prints = await(catalog.fingerprints()).value();
    QVERIFY(!prints[1].likeness);
}

void TestCatalog::newestComeFirst()
{
    Catalog catalog(path());
    QList<Image> images;
    for (int i = 0; i < 5; ++i)
        images.prepend(image(QString::number(i), i));
    VERIFY_OK(await(listed(catalog, images)));
    const auto newest = await(catalog.load(kServer, 2));
    VERIFY_OK(newest);
    QCOMPARE(newest->images, images.first(2));
    QCOMPARE(newest->etag, QByteArray("\"tag\""));
    VERIFY_OK(await(catalog.drop(images[0].id))); // by another process, say
    QCOMPARE(await(catalog.loadRest(kServer, newest->images.last())).value(), images.sliced(2));
}

void TestCatalog::whatAPassDidNotComeUponIsGone()
{
    Catalog catalog(path());
    VERIFY_OK(await(listed(catalog, {image(u"a"_s, 1), image(u"b"_s, 2), image(u"c"_s, 3)})));
    const Catalog::Pass pass = begun(catalog, 1);
    QCOMPARE(await(catalog.keepPage({image(u"c"_s, 3), image(u"d"_s, 4)}, kServer, pass)).value(),
             2);
    QCOMPARE(await(catalog.keepPage({image(u"d"_s, 4)}, kServer, pass)).value(), 0);
    VERIFY_OK(await(catalog.put(image(u"e"_s, 5), kServer))); // shared meanwhile
    auto gone = await(catalog.finishPass(pass, kNow, {})).value();
    gone.sort();
    QCOMPARE(gone, QStringList({u"a"_s, u"b"_s}));
    const auto listing = await(catalog.load(kServer));
    QCOMPARE(listing->images, QList<Image>({image(u"e"_s, 5), image(u"d"_s, 4), image(u"c"_s, 3)}));
}

void TestCatalog::processesReadAtOnce_data()
{
    QTest::addColumn<bool>("isFirstToFinish");
    QTest::newRow("the one that began first") << true;
    QTest::newRow("the one that began last") << false;
}

// A window and a vitrinectl, each of which has read before.
void TestCatalog::processesReadAtOnce()
{
    QFETCH(const bool, isFirstToFinish);
    const QList<Image> images{image(u"b"_s, 2), image(u"a"_s, 1)};
    Catalog window(path());
    Catalog shell(path());
    VERIFY_OK(await(listed(window, images)));
    VERIFY_OK(await(listed(shell, images)));
    VERIFY_OK(await(listed(shell, images)));
    const Catalog::Pass one = begun(window, 0);
    const Catalog::Pass two = begun(shell, 0);
    QVERIFY(one.number < two.number);
    VERIFY_OK(await(shell.keepPage(images, kServer, two)));
    VERIFY_OK(await(window.keepPage(images, kServer, one)));
    const auto finishOne = [&] { return await(window.finishPass(one, kNow, "\"one\"")); };
    const auto finishTwo = [&] { return await(shell.finishPass(two, kNow, "\"two\"")); };
    const auto first = isFirstToFinish ? finishOne() : finishTwo();
    const auto second = isFirstToFinish ? finishTwo() : finishOne();
    QCOMPARE(first.value(), QStringList());
    QCOMPARE(second.value(), QStringList());
    const auto listing = await(window.load(kServer));
    QCOMPARE(listing->images, images);
    QCOMPARE(listing->etag, QByteArray("\"two\"")); // of the pass that is told of
    QVERIFY(!listing->pass.started.isValid());
}

void TestCatalog::laterPassKeepsWhatItSaw()
{
    Catalog window(path());
    Catalog shell(path());
    const Catalog::Pass one = begun(window, 0);
    Catalog::Pass two = begun(shell, 0);
    two.next = u"further"_s;
    VERIFY_OK(await(shell.keepPage({image(u"a"_s, 1)}, kServer, two)));
    QCOMPARE(await(window.keepPage({image(u"a"_s, 1)}, kServer, one)).value(), 1);
    QCOMPARE(await(shell.keepPage({image(u"a"_s, 1)}, kServer, two)).value(), 0);
    VERIFY_OK(await(window.abandonPass(one)));
    const auto listing = await(window.load(kServer));
    QCOMPARE(listing->pass.number, two.number);
    QCOMPARE(listing->pass.next, two.next);
    QCOMPARE(listing->pass.started, kNow);
}

void TestCatalog::abandonedPassIsOver()
{
    Catalog catalog(path());
    Catalog::Pass pass = begun(catalog, 1);
    pass.next = u"dead"_s;
    VERIFY_OK(await(catalog.keepPage({image(u"a"_s, 1)}, kServer, pass)));
    VERIFY_OK(await(catalog.abandonPass(pass)));
    const auto listing = await(catalog.load(kServer));
    QVERIFY(!listing->pass.started.isValid());
    QVERIFY(listing->pass.next.isEmpty());
    QCOMPARE(listing->images.size(), 1);
}

void TestCatalog::passOutlivesTheRun()
{
    Catalog::Pass pass;
    {
        Catalog catalog(path());
        pass = begun(catalog, 1);
        pass.next = u"cursor"_s;
        VERIFY_OK(await(catalog.keepPage({image(u"a"_s, 1)}, kServer, pass)));
    }
    Catalog catalog(path());
    const auto listing = await(catalog.load(kServer));
    QCOMPARE(listing->pass.number, pass.number);
    QCOMPARE(listing->pass.view, pass.view);
    QCOMPARE(listing->pass.next, pass.next);
    QCOMPARE(listing->pass.started, pass.started);
    QVERIFY(!listing->refreshed.isValid());
    QVERIFY(listing->etag.isEmpty());
}

void TestCatalog::emptyCatalogWasNeverRefreshed()
{
    Catalog catalog(path());
    const auto listing = await(catalog.load(kServer));
    VERIFY_OK(listing);
    QVERIFY(listing->images.isEmpty());
    QVERIFY(!listing->refreshed.isValid());
}

QTEST_GUILESS_MAIN(TestCatalog)
#include "tst_catalog.moc"
