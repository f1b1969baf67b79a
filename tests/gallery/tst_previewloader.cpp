// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "app/gallery/previewcache.h"
#include "app/gallery/previewloader.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QDir>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::gallery;
using namespace Qt::StringLiterals;

class TestPreviewLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fetchedOnceThenFromTheDisk();
    void blurredOneNeedsNoSignature();
    void brokenPictureCostsOneTile();
    void machineThatReadsNothingIsTold();
    void failedOnesAreTriedAgainWhenAsked();
    void forgottenLeaveNothingOnTheDisk();
    void forgottenComeAnewHoweverBusyTheDisk();
    void otherVariantOfAForgottenOneComes();
    void filesArePrivate();

private:
    void makeLoader();
    QImage sharp() const { return m_loader->picture({m_image.id, PreviewVariant::Sharp}); }
    QImage blurred() const { return m_loader->picture({m_image.id, PreviewVariant::Blurred}); }
    QStringList files() const
    {
        return QDir(m_directory->filePath(u"public"_s)).entryList(QDir::Files);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<test::ReplayServer> m_server;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<PreviewCache> m_cache;
    std::unique_ptr<PreviewLoader> m_loader;
    protocol::Image m_image;
};

void TestPreviewLoader::init()
{
    m_loader.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<test::ReplayServer>();
    m_client.setServer(m_server->url(), {});
    m_image.id = u"abc"_s;
    m_image.previewUrl = QUrl(m_server->url().toString() + u"/d/abc/preview?exp=1&sig=2"_s);
    makeLoader();
}

void TestPreviewLoader::makeLoader()
{
    m_cache = std::make_unique<PreviewCache>(m_directory->path());
    m_loader = std::make_unique<PreviewLoader>(m_client, m_pictures, *m_cache);
    m_loader->setLookup(
        [this](const QString& id) { return id == m_image.id ? &m_image : nullptr; });
}

void TestPreviewLoader::fetchedOnceThenFromTheDisk()
{
    m_server->answer(200, "image/jpeg", test::jpeg(test::picture({360, 240})));
    m_loader->setWanted({{u"abc"_s}, {u"unknown"_s}});
    QTRY_COMPARE(sharp().size(), QSize(360, 240));
    m_loader->setWanted({{u"abc"_s}});
    QTRY_COMPARE(files().size(), 1);
    makeLoader();
    QSignalSpy ready(m_loader.get(), &PreviewLoader::ready);
    m_loader->setWanted({{u"abc"_s}});
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_server->requests().first().target(), QByteArray("/d/abc/preview?exp=1&sig=2"));
}

void TestPreviewLoader::blurredOneNeedsNoSignature()
{
    m_server->answer(200, "image/jpeg", test::jpeg(test::picture({360, 240})));
    m_loader->setWanted({{u"abc"_s, PreviewVariant::Blurred}});
    QTRY_VERIFY(!blurred().isNull());
    QVERIFY(sharp().isNull());
    QCOMPARE(m_server->requests().first().target(), QByteArray("/d/abc/blurred"));
}

void TestPreviewLoader::brokenPictureCostsOneTile()
{
    m_server->answer(200, "image/jpeg", "no picture at all");
    m_loader->setWanted({{u"abc"_s}});
    QTRY_COMPARE(m_server->requests().size(), 1);
    m_loader->setWanted({{u"abc"_s, PreviewVariant::Blurred}});
    QTRY_COMPARE(m_server->requests().size(), 2);
    QVERIFY(sharp().isNull());
    QVERIFY(files().isEmpty());
}

void TestPreviewLoader::machineThatReadsNothingIsTold()
{
    struct Refusing final : imaging::PictureReader {
        Result<imaging::Findings> read(const imaging::PictureSource&,
                                       const imaging::ReadOrder&) const override
        {
            return failure(ErrorKind::SandboxRefused);
        }
    } const refusing;
    PreviewLoader loader(m_client, refusing, *m_cache);
    loader.setLookup([this](const QString&) { return &m_image; });
    QSignalSpy told(&loader, &PreviewLoader::nothingCanBeRead);
    loader.setWanted({{u"abc"_s}});
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.first().first().value<Error>().kind, ErrorKind::SandboxRefused);
    QVERIFY(m_server->requests().isEmpty()); // fetching it would help nobody
}

void TestPreviewLoader::failedOnesAreTriedAgainWhenAsked()
{
    m_server->answer(500, "text/plain", "no");
    m_server->answer(200, "image/jpeg", test::jpeg(test::picture({360, 240})));
    m_loader->setWanted({{u"abc"_s}});
    QTRY_COMPARE(m_server->requests().size(), 1);
    QTRY_VERIFY([this] {
        m_loader->retryFailed();
        m_loader->setWanted({{u"abc"_s}});
        return !sharp().isNull();
    }());
    QCOMPARE(m_server->requests().size(), 2);
}

void TestPreviewLoader::forgottenLeaveNothingOnTheDisk()
{
    m_loader->seed(u"abc"_s, test::picture({36, 24}));
    QTRY_COMPARE(files().size(), 1);
    m_loader->forget(u"abc"_s);
    QVERIFY(sharp().isNull());
    QTRY_VERIFY(files().isEmpty());
}

// What comes anew is not taken for what is to go, nor the other way round.
void TestPreviewLoader::forgottenComeAnewHoweverBusyTheDisk()
{
    m_server->answer(200, "image/jpeg", test::jpeg(test::picture({48, 32})));
    m_loader->seed(u"abc"_s, test::picture({36, 24}));
    QTRY_COMPARE(files().size(), 1);
    m_loader->setWanted({{u"abc"_s, PreviewVariant::Sharp}});
    m_loader->seed(u"large"_s, test::picture({8000, 6000})); // takes long to write
    m_loader->forget(u"abc"_s);
    QTRY_COMPARE(sharp().size(), QSize(48, 32));
    m_loader.reset(); // all is written
    QCOMPARE(QImage(m_directory->filePath(u"public/abc.sharp"_s)).size(), QSize(48, 32));
}

// As of an image that has just turned private for us.
void TestPreviewLoader::otherVariantOfAForgottenOneComes()
{
    m_server->answer(200, "image/jpeg", test::jpeg(test::picture({48, 32})));
    m_loader->seed(u"large"_s, test::picture({8000, 6000})); // takes long to write
    m_loader->forget(PreviewKey{u"abc"_s, PreviewVariant::Sharp});
    m_loader->setWanted({{u"abc"_s, PreviewVariant::Blurred}});
    QTRY_COMPARE(blurred().size(), QSize(48, 32));
}

void TestPreviewLoader::filesArePrivate()
{
    m_loader->seed(u"abc"_s, test::picture({36, 24}));
    QTRY_COMPARE(files().size(), 1);
    const auto permissions =
        QFile::permissions(m_directory->filePath(u"public/"_s + files().first()));
    QCOMPARE(permissions & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

QTEST_GUILESS_MAIN(TestPreviewLoader)
#include "tst_previewloader.moc"
