// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "tests/transfer/stagingfixture.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QPromise>
#include <QSignalSpy>

using namespace vitrine;
using namespace Qt::StringLiterals;
using transfer::StagingModel;

class TestStagingModel : public test::StagingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeModel(); }
    void picturesAreShownAndDescribed();
    void whatCannotBeSharedSaysWhy_data();
    void whatCannotBeSharedSaysWhy();
    void goodOnesGoOnBesideBadOnes();
    void theSameFileIsThereOnce();
    void typedAltTextIsNotOverwritten();
    void altTextOfAFileThatWasNotLookedAtComesLater();
    void privateOnesDoNotWait();
    void pastedImageBecomesAFile();
    void whatIsHereAlreadyIsTold();
    void failedPasteSaysWhy();
    void removedRowsAreForgotten();
    void offersWhatHelps();
    void namesWhatIsSharedAlready();
    void metadataCanBeKept();
    void newRulesAreHeldAgainstOldRows();
    void onlyRowsNearTheVisibleKeepPictures();
};

void TestStagingModel::picturesAreShownAndDescribed()
{
    const QByteArray plain = test::jpeg(test::picture({800, 600}));
    addAndWait({file(u"boat.jpg"_s, test::withExif(plain, 6, true))}, 1);
    QCOMPARE(data(0, StagingModel::NameRole).toString(), u"boat.jpg"_s);
    const auto thumbnail = data(0, StagingModel::ThumbnailRole).value<QImage>();
    const auto blurred = data(0, StagingModel::BlurredRole).value<QImage>();
    QCOMPARE(thumbnail.size(), QSize(270, 360)); // turned upright
    QCOMPARE(blurred.size(), thumbnail.size());
    QVERIFY(blurred != thumbnail);
    QCOMPARE(data(0, StagingModel::AltRole).toString(), u"A boat in a harbour"_s);
    const auto removed = data(0, StagingModel::MetadataRole).toList();
    QVERIFY(removed.contains(int(imaging::MetadataKind::Location)));
    QVERIFY(removed.contains(int(imaging::MetadataKind::SerialNumber)));
}

void TestStagingModel::whatCannotBeSharedSaysWhy_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("expected");
    const QByteArray picture = test::jpeg(test::picture({400, 300}));
    QTest::newRow("not an image") << QByteArray("this is not an image") << ErrorKind::NotAnImage;
    QTest::newRow("empty") << QByteArray() << ErrorKind::EmptyFile;
    QTest::newRow("damaged") << picture.left(picture.size() / 2) << ErrorKind::DamagedImage;
}

void TestStagingModel::whatCannotBeSharedSaysWhy()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorKind, expected);
    addAndWait({file(u"a.jpg"_s, bytes)}, 1);
    QCOMPARE(data(0, StagingModel::ErrorRole).value<Error>().kind, expected);
    QCOMPARE(m_model->shareableCount(), 0);
    QVERIFY(m_model->orders({}).isEmpty());
}

void TestStagingModel::goodOnesGoOnBesideBadOnes()
{
    const QString bad = file(u"a.jpg"_s, "nothing");
    const QString good = file(u"b.png"_s, test::png(test::picture({40, 30})));
    addAndWait({bad, good, m_directory->filePath(u"missing.jpg"_s)}, 3);
    QCOMPARE(m_model->shareableCount(), 1);
    QCOMPARE(m_model->orders({}).first().source, good);
}

void TestStagingModel::theSameFileIsThereOnce()
{
    const QString good = file(u"b.png"_s, test::png(test::picture({40, 30})));
    addAndWait({good, good}, 1);
    m_model->addPaths({good, file(u"c.png"_s, test::png(test::picture({40, 30})))});
    QTRY_COMPARE(m_model->rowCount(), 2);
}

void TestStagingModel::typedAltTextIsNotOverwritten()
{
    const QByteArray plain = test::jpeg(test::picture({800, 600}));
    m_model->addPaths({file(u"boat.jpg"_s, test::withExif(plain, 1, true))});
    QTRY_COMPARE(m_model->rowCount(), 1);
    m_model->setData(m_model->index(0), u"My own words "_s, StagingModel::AltRole);
    QTRY_VERIFY(!data(0, StagingModel::IsLoadingRole).toBool());
    QCOMPARE(m_model->orders({}).first().alt, u"My own words"_s);
    QCOMPARE(m_model->describedCount(), 1);
}

// Share can be pressed before all files were looked at.
void TestStagingModel::altTextOfAFileThatWasNotLookedAtComesLater()
{
    QPromise<Result<transfer::KnownImages>> known; // nothing is looked at before that has come
    known.start();
    m_model->setKnownLookup([&] { return known.future(); });
    const QByteArray plain = test::jpeg(test::picture({800, 600}));
    m_model->addPaths({file(u"boat.jpg"_s, test::withExif(plain, 1, true)),
                       file(u"pier.jpg"_s, test::withExif(plain, 1, true))});
    QTRY_COMPARE(m_model->rowCount(), 2);
    m_model->setData(m_model->index(1), QString(), StagingModel::AltRole);
    const auto early = m_model->orders({});
    QVERIFY(early[0].takesAlt);
    QVERIFY(!early[1].takesAlt);
    known.addResult(transfer::KnownImages());
    known.finish();
    QTRY_VERIFY(!data(0, StagingModel::IsLoadingRole).toBool());
    const auto late = m_model->orders({});
    QVERIFY(!late[0].takesAlt);
    QCOMPARE(late[0].alt, u"A boat in a harbour"_s);
}

void TestStagingModel::privateOnesDoNotWait()
{
    using namespace std::chrono_literals;
    addAndWait({file(u"a.png"_s, test::png(test::picture({40, 30}, 1))),
                file(u"b.png"_s, test::png(test::picture({40, 30}, 2)))},
               2);
    m_model->setData(m_model->index(0), true, StagingModel::IsPrivateRole);
    const auto orders = m_model->orders(5s);
    QVERIFY(orders[0].isPrivate);
    QCOMPARE(orders[0].undoTime, 0ms);
    QCOMPARE(orders[1].undoTime, 5s);
}

void TestStagingModel::pastedImageBecomesAFile()
{
    m_model->addImage(test::picture({40, 30}));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QTRY_VERIFY(!data(0, StagingModel::IsLoadingRole).toBool());
    QCOMPARE(m_model->shareableCount(), 1);
    const QString source = m_model->orders({}).first().source;
    QVERIFY(source.startsWith(m_directory->path()));
    QVERIFY(QFileInfo(source).isFile());
}

void TestStagingModel::removedRowsAreForgotten()
{
    const QString a = file(u"a.png"_s, test::png(test::picture({40, 30}, 1)));
    const QString b = file(u"b.png"_s, test::png(test::picture({40, 30}, 2)));
    m_model->addPaths({a, b});
    QTRY_COMPARE(m_model->rowCount(), 2);
    m_model->removeRow(0); // while it is still being looked at
    QTRY_VERIFY(!data(0, StagingModel::IsLoadingRole).toBool());
    QCOMPARE(m_model->orders({}).size(), 1);
    QCOMPARE(m_model->orders({}).first().source, b);
}

void TestStagingModel::whatIsHereAlreadyIsTold()
{
    const QString boat = file(u"boat.png"_s, test::png(test::picture({30, 20})));
    const QString tree = file(u"tree.png"_s, test::png(test::picture({20, 30})));
    addAndWait({boat}, 1);
    QSignalSpy told(m_model.get(), &StagingModel::alreadyHere);
    addAndWait({boat, tree}, 2);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().first().toInt(), 1);
}

void TestStagingModel::failedPasteSaysWhy()
{
    m_tester.reset();
    m_model = std::make_unique<StagingModel>(file(u"no-directory"_s, "a file"), m_pictures);
    m_model->addImage(test::picture({40, 30}));
    QTRY_COMPARE(m_model->rowCount(), 1);
    const auto error = data(0, StagingModel::ErrorRole).value<Error>();
    QVERIFY(!data(0, StagingModel::IsLoadingRole).toBool());
    QVERIFY2(error.kind != ErrorKind::NotFound, "there was nothing to be found");
    QCOMPARE(m_model->shareableCount(), 0);
    // Nothing that goes on behind replaces the reason.
    m_model->addPaths({file(u"b.png"_s, test::png(test::picture({40, 30})))});
    QTRY_COMPARE(m_model->rowCount(), 2);
    QTRY_VERIFY(!data(1, StagingModel::IsLoadingRole).toBool());
    QCOMPARE(data(0, StagingModel::ErrorRole).value<Error>(), error);
}

void TestStagingModel::offersWhatHelps()
{
    m_model->setRules({{.pixels = 10'000}, {}});
    addAndWait({file(u"large.jpg"_s, test::jpeg(test::picture({400, 300})))}, 1);
    QCOMPARE(data(0, StagingModel::ErrorRole).value<Error>().kind, ErrorKind::TooManyPixels);
    QCOMPARE(data(0, StagingModel::RemedyRole).toInt(), int(transfer::Remedy::ScaleDown));
    QVERIFY(!data(0, StagingModel::IsSendableRole).toBool());
    QVERIFY(m_model->orders({}).isEmpty());
    m_model->setData(m_model->index(0), true, StagingModel::IsRemediedRole);
    QVERIFY(data(0, StagingModel::IsSendableRole).toBool());
    QCOMPARE(m_model->shareableCount(), 1);
    QVERIFY(m_model->orders({}).first().fit);
    m_model->setData(m_model->index(0), false, StagingModel::IsRemediedRole);
    QCOMPARE(m_model->shareableCount(), 0);
}

void TestStagingModel::namesWhatIsSharedAlready()
{
    const QByteArray bytes = test::png(test::picture({40, 30}));
    transfer::KnownImages known;
    known.add({u"id-1"_s, u"Boat.png"_s},
              QCryptographicHash::hash(bytes, QCryptographicHash::Sha256), std::nullopt);
    m_model->setKnownLookup([known] { return readyFuture(Result<transfer::KnownImages>(known)); });
    addAndWait({file(u"again.png"_s, bytes)}, 1);
    QCOMPARE(data(0, StagingModel::SameRole).toString(), u"Boat.png"_s);
    QVERIFY(!data(0, StagingModel::ErrorRole).isValid());
    QCOMPARE(m_model->shareableCount(), 0);
    m_model->setData(m_model->index(0), true, StagingModel::IsRemediedRole);
    QVERIFY(m_model->orders({}).first().again);
    QVERIFY(!m_model->orders({}).first().fit);
}

void TestStagingModel::metadataCanBeKept()
{
    const QByteArray plain = test::jpeg(test::picture({400, 300}));
    addAndWait({file(u"boat.jpg"_s, test::withExif(plain, 1, true))}, 1);
    QVERIFY(data(0, StagingModel::IsCleanedRole).toBool());
    QVERIFY(!m_model->orders({}).first().keepMetadata);
    m_model->setKeepMetadata(true);
    QTRY_VERIFY(!data(0, StagingModel::IsLoadingRole).toBool());
    QVERIFY(!data(0, StagingModel::IsCleanedRole).toBool());
    QVERIFY(!data(0, StagingModel::MetadataRole).toList().isEmpty());
    QVERIFY(m_model->orders({}).first().keepMetadata);
}

void TestStagingModel::newRulesAreHeldAgainstOldRows()
{
    addAndWait({file(u"a.png"_s, test::png(test::picture({40, 30})))}, 1);
    QCOMPARE(m_model->shareableCount(), 1);
    m_model->setRules({{}, {u"image/jpeg"_s}});
    QTRY_COMPARE(m_model->shareableCount(), 0);
    QCOMPARE(data(0, StagingModel::RemedyRole).toInt(), int(transfer::Remedy::Convert));
}

void TestStagingModel::onlyRowsNearTheVisibleKeepPictures()
{
    constexpr int files = 60;
    QStringList paths;
    for (int i = 0; i < files; ++i)
        paths += file(u"%1.png"_s.arg(i, 2, 10, '0'_L1), test::png(test::picture({40, 30}, i)));
    m_model->setVisible(0, 2);
    addAndWait(paths, files);
    QCOMPARE(m_model->shareableCount(), files);
    const auto hasPicture = [this](int row) {
        return !data(row, StagingModel::ThumbnailRole).value<QImage>().isNull() &&
               !data(row, StagingModel::BlurredRole).value<QImage>().isNull();
    };
    QVERIFY(hasPicture(0));
    QVERIFY(!hasPicture(files - 1));
    m_model->setVisible(files - 3, files - 1);
    QTRY_VERIFY(hasPicture(files - 1));
    QVERIFY(!hasPicture(0));
    QVERIFY(!data(0, StagingModel::IsLoadingRole).toBool()); // what was found out stays
    m_model->setVisible(0, 2);
    QTRY_VERIFY(hasPicture(0));
}

QTEST_GUILESS_MAIN(TestStagingModel)
#include "tst_stagingmodel.moc"
