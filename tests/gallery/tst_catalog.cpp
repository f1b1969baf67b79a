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
        VERIFY_OK(await(catalog.replace({images[1], images[0]}, kServer, kNow)));
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
    VERIFY_OK(await(catalog.replace(images, kServer, kNow)));
    VERIFY_OK(await(catalog.putLooks({{u"a"_s, picture}, {u"unknown"_s, picture}})));
    VERIFY_OK(await(catalog.replace(images, kServer, kNow))); // a refresh
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
