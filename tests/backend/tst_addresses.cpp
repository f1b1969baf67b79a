// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/descriptor.h"
#include "tests/backend/fixture.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <future>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vitrine;
using namespace vitrine::test;
using backend::http::Response;
namespace http = backend::http;

/// Where the bytes are: signed addresses, downloads, originals.
class tst_Addresses final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_jpeg = jpeg(picture({800, 600}));
        m_shared = std::make_unique<Backend>();
    }

    void makingPrivateRevokesAddresses();
    void signaturesCannotBeChanged_data();
    void signaturesCannotBeChanged();
    void addressesExpire();
    void previewAddressesCanBeCached();
    void addressesLeadWhereTheClientCameFrom();
    void downloadsAreCounted();
    void privateDownloadsNeedAccess();
    void askedAgainItIsTheSame();
    void deletingRevokesAddresses();
    void whatIsDeletedMeanwhileIsNotThere();
    void originalsDeletedMeanwhileAreNotThere();
    void whatIsLostIsTheServersFault();
    void fewFilesStayOpen();
    void originalsComeBackAsTheyWere();

private:
    QByteArray m_jpeg;
    std::unique_ptr<Backend> m_shared; ///< for what leaves it as it is, or does not mind
};

// The backend's fault "toggling to private revokes at once".
void tst_Addresses::makingPrivateRevokesAddresses()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    const QByteArray id = item["id"_L1].toString().toLatin1();
    const QByteArray preview = targetOf(item["previewURL"_L1].toString());
    const auto moved = backend.ask("GET", "/api/download?id=" + id).headers.value("Location");
    const QByteArray highres = targetOf(QString::fromLatin1(moved));
    QCOMPARE(backend.ask("GET", highres).status, 200);
    QCOMPARE(backend.ask("GET", preview).status, 200);
    QCOMPARE(backend.ask("GET", preview).status, 200); // by the open file now
    backend.askAsOwner("PATCH", "/api/admin/images/" + id, {}, R"({"isPrivate":true})");
    QCOMPARE(backend.ask("GET", preview).status, 403);
    QCOMPARE(backend.ask("GET", highres).status, 403);
    backend.askAsOwner("PATCH", "/api/admin/images/" + id, {}, R"({"isPrivate":false})");
    QCOMPARE(backend.ask("GET", highres).status, 403); // revoked is revoked
}

void tst_Addresses::signaturesCannotBeChanged_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("variant") << QByteArray("/preview?") << QByteArray("/highres?");
    QTest::newRow("expiry") << QByteArray("exp=1") << QByteArray("exp=9");
    QTest::newRow("no signature") << QByteArray("&sig=") << QByteArray("&gis=");
    QTest::newRow("no expiry") << QByteArray("exp=") << QByteArray("pxe=");
    QTest::newRow("second expiry") << QByteArray("?exp=") << QByteArray("?exp=9999999999&exp=");
    QTest::newRow("account") << QByteArray("/imagedelivery/") << QByteArray("/imagedelivery/x");
}

// The backend's fault "signature tampering, expiry, variant swap".
void tst_Addresses::signaturesCannotBeChanged()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QByteArray target = targetOf(m_shared->share(m_jpeg)["previewURL"_L1].toString());
    QCOMPARE(m_shared->ask("GET", target).status, 200);
    const QByteArray changed = target.replace(before, after);
    QVERIFY(changed.contains(after));
    QVERIFY(m_shared->ask("GET", changed).status >= 403);
}

// The backend's fault "signature tampering, expiry, variant swap": expiry.
void tst_Addresses::addressesExpire()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    const auto moved =
        backend.ask("GET", "/api/download?id=" + item["id"_L1].toString().toLatin1());
    const auto highres = targetOf(QString::fromLatin1(moved.headers.value("Location")));
    const auto preview = targetOf(item["previewURL"_L1].toString());
    backend.clock.advance(59min);
    QCOMPARE(backend.ask("GET", highres).status, 200);
    QCOMPARE(backend.ask("GET", preview).status, 200);
    backend.clock.advance(1min);
    QCOMPARE(backend.ask("GET", highres).status, 403);
    backend.clock.advance(1h);
    QCOMPARE(backend.ask("GET", preview).status, 403);
}

void tst_Addresses::previewAddressesCanBeCached()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    backend.clock.advance(10min);
    const QJsonObject later = backend.item(item["id"_L1].toString());
    QCOMPARE(later["previewURL"_L1], item["previewURL"_L1]);
    const QByteArray target = targetOf(item["previewURL"_L1].toString());
    const QByteArray tag = backend.ask("GET", target).headers.value("ETag");
    const Response again = backend.ask("GET", target, {{"If-None-Match", tag}});
    QCOMPARE(again.status, 304);
    QVERIFY(content(again).isEmpty());
}

// By whatever name a client reached the server, the addresses that it is given lead there again.
void tst_Addresses::addressesLeadWhereTheClientCameFrom()
{
    const QString id = m_shared->share(m_jpeg)["id"_L1].toString();
    http::RequestHead head = http::requestHead("GET", "/api/images");
    head.isSecure = true;
    head.headers.set("Host", "photos.example.org");
    const auto opened = m_shared->application->open(head);
    const auto listed = json(std::get<Response>(opened))["images"_L1].toArray();
    const QUrl preview(listed.first()["previewURL"_L1].toString());
    QCOMPARE(preview.adjusted(QUrl::RemovePath | QUrl::RemoveQuery),
             QUrl(u"https://photos.example.org"_s));
    QCOMPARE(m_shared->ask("GET", targetOf(preview.toString())).status, 200);
    head = http::requestHead("HEAD", "/api/download?id=" + id.toLatin1());
    head.headers.set("Host", "[::1]:4711");
    const auto moved = std::get<Response>(m_shared->application->open(head));
    QVERIFY(moved.headers.value("Location").startsWith("http://[::1]:4711/imagedelivery/"));
}

void tst_Addresses::downloadsAreCounted()
{
    Backend backend;
    const QString id = backend.share(m_jpeg)["id"_L1].toString();
    const QByteArray target = "/api/download?id=" + id.toLatin1();
    QCOMPARE(backend.ask("GET", target).status, 302);
    QCOMPARE(backend.ask("GET", target).status, 302);
    QCOMPARE(backend.ask("HEAD", target).status, 302); // takes nothing home
    const QJsonObject item = backend.item(id);
    QCOMPARE(item["downloadCount"_L1].toInt(), 2);
    QCOMPARE(item["revision"_L1].toInt(), 1);
}

void tst_Addresses::privateDownloadsNeedAccess()
{
    Backend backend;
    const QString id = backend.share(m_jpeg, true)["id"_L1].toString();
    const QByteArray target = "/api/download?id=" + id.toLatin1();
    QCOMPARE(backend.ask("GET", target).status, 403);
    QCOMPARE(backend.ask("GET", target, {{"cf-access-token", "x.y.z"}}).status, 403);
    QCOMPARE(backend.item(id)["downloadCount"_L1].toInt(), 0);
    QCOMPARE(backend.askAsOwner("GET", target).status, 302);
    QCOMPARE(backend.item(id)["downloadCount"_L1].toInt(), 1);
}

void tst_Addresses::askedAgainItIsTheSame()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    const QByteArray preview = targetOf(item["previewURL"_L1].toString());
    const Response first = backend.ask("GET", preview);
    const Response second = backend.ask("GET", preview);
    QCOMPARE(second.file->file, first.file->file); // nobody looked for it again
    QCOMPARE(test::content(second), test::content(first));
    QCOMPARE(second.headers.fields(), first.headers.fields());
    const QByteArray tag = second.headers.value("ETag");
    QCOMPARE(backend.ask("GET", preview, {{"If-None-Match", tag}}).status, 304);
    QCOMPARE(backend.ask("GET", preview, {{"Range", "bytes=0-9"}}).status, 206);
    QVERIFY(backend.ask("HEAD", preview).file);
    backend.clock.advance(std::chrono::hours(3));
    QCOMPARE(backend.ask("GET", preview).status, 403);
}

// What was given out before, and is at hand, included.
void tst_Addresses::deletingRevokesAddresses()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    const QByteArray preview = targetOf(item["previewURL"_L1].toString());
    QCOMPARE(backend.ask("GET", preview).status, 200);
    QCOMPARE(backend.ask("GET", preview).status, 200);
    const QByteArray order = R"({"id":")" + item["id"_L1].toString().toLatin1() + R"("})";
    QCOMPARE(backend.askAsOwner("POST", "/api/admin/delete", {}, order).status, 200);
    QCOMPARE(backend.ask("GET", preview).status, 404);
}

// Between finding the image and opening its file.
void tst_Addresses::whatIsDeletedMeanwhileIsNotThere()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    const QByteArray preview = targetOf(item["previewURL"_L1].toString());
    bool isRemoved = false;
    backend.clock.beforeNextLook(
        [&] { isRemoved = backend.store->remove(item["id"_L1].toString()).has_value(); });
    QCOMPARE(backend.ask("GET", preview).status, 404);
    QVERIFY(isRemoved);
}

// Pipes in both places where it may be hold the opening up.
void tst_Addresses::originalsDeletedMeanwhileAreNotThere()
{
    Backend backend(1'000'000, backend::Origins({}), true);
    const backend::VariantMaker::Upload upload(backend.maker); // so it waits
    const QString id = backend.share(m_jpeg)["id"_L1].toString();
    const QStringList places = backend.store->originalPlaces(*backend.store->find(id));
    const QByteArray first = QFile::encodeName(places[0]);
    const QByteArray second = QFile::encodeName(places[1]);
    QVERIFY(QFile::remove(places[0]) && QDir().mkpath(QFileInfo(places[1]).path()));
    QVERIFY(::mkfifo(first.constData(), 0600) == 0 && ::mkfifo(second.constData(), 0600) == 0);
    const QByteArray letGo = QFile::encodeName(backend.directory.filePath(u"pipe"_s));
    QCOMPARE(::link(second.constData(), letGo.constData()), 0); // a name that stays

    auto answer = std::async(std::launch::async, [&] {
        return backend.askAsOwner("GET", "/api/admin/original?id=" + id.toLatin1());
    });
    const auto isOpening = [&] {
        return Descriptor(::open(first.constData(), O_WRONLY | O_NONBLOCK)).isOpen();
    };
    QTRY_VERIFY(isOpening()); // so the image was found
    VERIFY_OK(backend.store->remove(id));
    const Descriptor open(::open(letGo.constData(), O_RDWR));
    QCOMPARE(answer.get().status, 404);
}

void tst_Addresses::whatIsLostIsTheServersFault()
{
    Backend backend;
    const QJsonObject item = backend.share(m_jpeg);
    const QString id = item["id"_L1].toString();
    const backend::StoredImage stored = *backend.store->find(id);
    QVERIFY(QDir(QFileInfo(backend.store->path(stored, backend::Form::Original)).path())
                .removeRecursively());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a variant is missing"_s));
    QCOMPARE(backend.ask("GET", targetOf(item["previewURL"_L1].toString())).status, 500);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"an original is missing"_s));
    const QByteArray original = "/api/admin/original?id=" + id.toLatin1();
    QCOMPARE(backend.askAsOwner("GET", original).status, 500);
}

void tst_Addresses::fewFilesStayOpen()
{
    backend::VariantCache cache;
    QTemporaryFile bytes;
    QVERIFY(bytes.open());
    std::vector<std::weak_ptr<const http::OpenFile>> files;
    for (int i = 0; i < 2 * backend::VariantCache::kMostOpen; ++i) {
        auto file = http::OpenFile::open(bytes.fileName());
        files.push_back(file);
        Response response;
        response.file = http::FileRange{std::move(file), 0, 0};
        cache.keep(cache.generation(), QByteArray::number(i), {std::move(response), {}, {}});
    }
    const auto isOpen = [](const auto& file) { return !file.expired(); };
    QCOMPARE(std::count_if(files.begin(), files.end(), isOpen), backend::VariantCache::kMostOpen);
    QVERIFY(cache.find(QByteArray::number(files.size() - 1)));
}

void tst_Addresses::originalsComeBackAsTheyWere()
{
    Backend backend;
    const QByteArray id = backend.share(m_jpeg, true)["id"_L1].toString().toLatin1();
    const QByteArray target = "/admin/api/original?id=" + id;
    const Response whole = backend.askAsOwner("GET", target);
    QCOMPARE(content(whole), m_jpeg);
    QCOMPARE(whole.headers.value("Content-Disposition"), "attachment; filename*=UTF-8''boat.jpg");
    const Response part = backend.askAsOwner("GET", target, {{"Range", "bytes=10-19"}});
    QCOMPARE(part.status, 206);
    QCOMPARE(content(part), m_jpeg.mid(10, 10));
    QCOMPARE(backend.item(QString::fromLatin1(id))["downloadCount"_L1].toInt(), 0);
    QCOMPARE(backend.ask("GET", target).body, "Access denied.");
}

QTEST_GUILESS_MAIN(tst_Addresses)
#include "tst_addresses.moc"
