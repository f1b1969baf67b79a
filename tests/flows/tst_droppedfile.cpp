// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/staging/stagingpage.h"

#include <QDirIterator>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using test::await;
using test::LiveWindow;
using transfer::StagingModel;

/// A dropped file: staged, described, made private, shared, seen by a guest, changed, downloaded,
/// and there again after a restart.
class TestDroppedFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void goesAllTheWay();
    void nothingPrivateReachesAGuest();
    void batchGoesOnAroundBadFiles();
    void unsentWorkSurvivesARestart();

private:
    QByteArray asGuest(const QUrl& url);
    void stage(LiveWindow& live, const QStringList& paths);
    void shareStaged(LiveWindow& live, int images);

    std::shared_ptr<QTemporaryDir> m_home;
};

void TestDroppedFile::init()
{
    m_home = std::make_shared<QTemporaryDir>();
}

QByteArray TestDroppedFile::asGuest(const QUrl& url)
{
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(url)));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20'000))
        qFatal("a guest got no answer");
    return reply->readAll();
}

void TestDroppedFile::stage(LiveWindow& live, const QStringList& paths)
{
    live.drop(paths);
    StagingModel& staging = live.session.staging();
    QTRY_COMPARE_WITH_TIMEOUT(staging.rowCount(), int(paths.size()), 20'000);
    for (int row = 0; row < staging.rowCount(); ++row)
        QTRY_VERIFY_WITH_TIMEOUT(!staging.index(row).data(StagingModel::IsLoadingRole).toBool(),
                                 20'000);
}

void TestDroppedFile::shareStaged(LiveWindow& live, int images)
{
    live.settings.setUndoTime({});
    Q_EMIT live.page().stagingPage().shareRequested();
    QTRY_COMPARE_WITH_TIMEOUT(live.session.gallery().model().rowCount(), images, 30'000);
    QTRY_COMPARE(live.galleryModel().rowCount(), images); // and nothing is on its way any more
}

void TestDroppedFile::goesAllTheWay()
{
    const QByteArray photo = test::withExif(test::jpeg(test::picture({4000, 3000})), 6, true);
    QString id;
    {
        LiveWindow live(m_home);
        QVERIFY(live.start());
        stage(live, {test::writeTo(m_home->path(), u"boat.jpg"_s, photo)});
        StagingModel& staging = live.session.staging();
        QCOMPARE(staging.index(0).data(StagingModel::AltRole).toString(), u"A boat in a harbour"_s);
        staging.setData(staging.index(0), u"Boats at low tide"_s, StagingModel::AltRole);
        shareStaged(live, 1);
        const auto shared = live.image(0);
        id = shared.id;
        QCOMPARE(shared.alt, u"Boats at low tide"_s);
        QCOMPARE(shared.size, QSize(3000, 4000)); // upright
        QVERIFY(!shared.isPrivate);

        live.select({0});
        live.press(Qt::Key_P);
        QTRY_VERIFY(live.session.gallery().model().find(id)->isPrivate);
        const auto path = await(live.session.downloads().saveInto(
            m_home->path(), live.image(0), transfer::Downloads::Copy::Highres));
        VERIFY_OK(path);
        QCOMPARE(QImage(*path).size(), QSize(1500, 2000));
        QTRY_COMPARE(live.image(0).downloadCount, 1);
    }
    LiveWindow again(m_home);
    QVERIFY(again.start());
    QTRY_COMPARE(again.galleryModel().rowCount(), 1);
    QCOMPARE(again.image(0).id, id);
    QVERIFY(again.image(0).isPrivate);
    QCOMPARE(again.image(0).alt, u"Boats at low tide"_s);
    QCOMPARE(again.image(0).downloadCount, 1);
}

void TestDroppedFile::nothingPrivateReachesAGuest()
{
    LiveWindow live(m_home);
    QVERIFY(live.start());
    const QByteArray photo = test::jpeg(test::picture({800, 600}));
    stage(live, {test::writeTo(m_home->path(), u"secret-name.jpg"_s, photo)});
    StagingModel& staging = live.session.staging();
    staging.setData(staging.index(0), u"secret words"_s, StagingModel::AltRole);
    staging.setData(staging.index(0), true, StagingModel::IsPrivateRole);
    shareStaged(live, 1);

    const QByteArray listing = asGuest(live.session.server().resolved(QUrl(u"/api/images"_s)));
    QVERIFY(listing.contains(live.image(0).id.toLatin1()));
    QVERIFY(!listing.contains("secret"));
    QVERIFY(listing.contains("/blurred"));
    QUrl unsignedPreview = live.image(0).previewUrl;
    // The owner's, signed; it is there as soon as the server has made it.
    QTRY_VERIFY_WITH_TIMEOUT(!QImage::fromData(asGuest(unsignedPreview)).isNull(), 30'000);
    unsignedPreview.setQuery(QString());
    QVERIFY(QImage::fromData(asGuest(unsignedPreview)).isNull());
    const QUrl download(u"/api/download?id="_s + live.image(0).id);
    QVERIFY(QImage::fromData(asGuest(live.session.server().resolved(download))).isNull());
}

void TestDroppedFile::batchGoesOnAroundBadFiles()
{
    LiveWindow live(m_home);
    QVERIFY(live.start());
    const QByteArray good = test::jpeg(test::picture({800, 600}));
    const QString home = m_home->path();
    QVERIFY(QDir(home).mkdir(u"folder"_s));
    stage(live, {test::writeTo(home, u"text.jpg"_s, "no picture"),
                 test::writeTo(home, u"empty.jpg"_s, ""), home + u"/folder"_s,
                 test::writeTo(home, u"cut.jpg"_s, good.left(good.size() / 2)),
                 test::writeTo(home, u"good.jpg"_s, good)});
    QSet<int> kinds;
    StagingModel& staging = live.session.staging();
    for (int row = 0; row < 4; ++row)
        kinds.insert(int(staging.index(row).data(StagingModel::ErrorRole).value<Error>().kind));
    QCOMPARE(kinds.size(), 4); // each its own
    shareStaged(live, 1);
    QCOMPARE(live.image(0).name, u"good.jpg"_s);
}

void TestDroppedFile::unsentWorkSurvivesARestart()
{
    const QString file =
        test::writeTo(m_home->path(), u"late.jpg"_s, test::jpeg(test::picture({800, 600})));
    {
        LiveWindow live(m_home);
        QVERIFY(live.start());
        live.session.setPaused(true); // for that run
        VERIFY_OK(await(live.session.outbox().share({{.source = file}})));
    }
    QVERIFY(QFile::exists(file));
    LiveWindow again(m_home);
    QVERIFY(again.start());
    const auto& shared = again.session.gallery().model();
    QTRY_COMPARE_WITH_TIMEOUT(shared.rowCount(), 1, 30'000);
    QCOMPARE(shared.images().first().name, u"late.jpg"_s);
}

QTEST_MAIN(TestDroppedFile)
#include "tst_droppedfile.moc"
