// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/gallery.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"
#include "tests/support/sandbox.h"

#include <QCryptographicHash>
#include <QTest>

using namespace vitrine;
using namespace vitrine::gallery;
using namespace Qt::StringLiterals;
using test::await;

/// A scroll: what is visible is loaded from the network once, from the disk in the next run, and
/// the frosted picture is the server's own.
class TestScroll : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void visiblePreviewsComeFromTheNetworkThenFromTheDisk();
    void frostedPictureIsTheServers();

private:
    void upload(int seed, bool isPrivate);
    QImage shown(Gallery& gallery, int row, int role)
    {
        return gallery.model().index(row).data(role).value<QImage>();
    }
    QList<PreviewKey> allOf(Gallery& gallery, PreviewVariant variant);

    test::FakeClock m_clock;
    const decoding::SandboxedPictureReader m_pictures{test::sandboxTerms()};
    test::LocalServer m_server{m_pictures};
    QTemporaryDir m_directory;
};

void TestScroll::upload(int seed, bool isPrivate)
{
    const QByteArray bytes = test::jpeg(test::picture({900, 600}, seed));
    api::UploadRequest request{.file = test::writeTo(m_directory.path(), u"bytes"_s, bytes),
                               .name = u"%1.jpg"_s.arg(seed),
                               .type = u"image/jpeg"_s,
                               .isPrivate = isPrivate,
                               .idempotencyKey = u"key-%1"_s.arg(seed),
                               .sha256 =
                                   QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)};
    VERIFY_OK(await(m_server.client().upload(request, {})));
}

QList<PreviewKey> TestScroll::allOf(Gallery& gallery, PreviewVariant variant)
{
    QList<PreviewKey> keys;
    for (const auto& image : gallery.model().images())
        keys.append({image.id, variant});
    return keys;
}

void TestScroll::visiblePreviewsComeFromTheNetworkThenFromTheDisk()
{
    for (int seed = 1; seed <= 8; ++seed)
        upload(seed, false);
    const QString cache = m_directory.filePath(u"cache"_s);
    {
        Gallery gallery(m_server.client(), m_pictures, m_clock, cache);
        VERIFY_OK(await(gallery.refresh()));
        QCOMPARE(gallery.model().rowCount(), 8);
        QVERIFY(!shown(gallery, 0, GalleryModel::PlaceholderRole).isNull()); // before any preview
        gallery.previews().setWanted(allOf(gallery, PreviewVariant::Sharp));
        for (int row = 0; row < 8; ++row)
            QTRY_COMPARE(shown(gallery, row, GalleryModel::SharpPreviewRole).size(),
                         QSize(360, 240));
    }
    Gallery gallery(m_server.client(), m_pictures, m_clock, cache);
    m_server.stop();
    VERIFY_OK(await(gallery.load()));
    gallery.previews().setWanted(allOf(gallery, PreviewVariant::Sharp));
    for (int row = 0; row < 8; ++row)
        QTRY_VERIFY(!shown(gallery, row, GalleryModel::SharpPreviewRole).isNull());
    m_server.start();
}

void TestScroll::frostedPictureIsTheServers()
{
    upload(100, true);
    Gallery gallery(m_server.client(), m_pictures, m_clock, m_directory.filePath(u"other-cache"_s));
    VERIFY_OK(await(gallery.refresh()));
    int row = 0;
    while (!gallery.model().images()[row].isPrivate)
        ++row;
    const PreviewKey frosted{gallery.model().images()[row].id, PreviewVariant::Blurred};
    gallery.previews().setWanted({frosted});
    QTRY_VERIFY(!shown(gallery, row, GalleryModel::BlurredPreviewRole).isNull());
    QVERIFY(shown(gallery, row, GalleryModel::SharpPreviewRole).isNull());
    const auto page = await(m_server.client().images(api::View::Guest, {}, 100)).value();
    for (const auto& image : page.images) {
        if (image.id == frosted.id) {
            const auto bytes = await(m_server.client().fetch(image.previewUrl, 1'000'000));
            VERIFY_OK(bytes);
            QCOMPARE(QImage::fromData(*bytes).size(),
                     shown(gallery, row, GalleryModel::BlurredPreviewRole).size());
        }
    }
}

QTEST_GUILESS_MAIN(TestScroll)
#include "tst_scroll.moc"
