// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/inprocesspicturereader.h"
#include "app/transfer/stagingmodel.h"
#include "tests/support/pictures.h"

#include <QAbstractItemModelTester>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using transfer::StagingModel;

class TestStagingModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void picturesAreShownAndDescribed();
    void whatCannotBeSharedSaysWhy_data();
    void whatCannotBeSharedSaysWhy();
    void goodOnesGoOnBesideBadOnes();
    void theSameFileIsThereOnce();
    void typedAltTextIsNotOverwritten();
    void privateOnesDoNotWait();
    void pastedImageBecomesAFile();
    void removedRowsAreForgotten();

private:
    void addAndWait(const QStringList& paths, int rows);
    QVariant data(int row, int role) const { return m_model->index(row).data(role); }
    QString file(const QString& name, const QByteArray& bytes) const
    {
        return test::writeTo(m_directory->path(), name, bytes);
    }

    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<StagingModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestStagingModel::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_model = std::make_unique<StagingModel>(m_directory->path(), m_pictures);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestStagingModel::addAndWait(const QStringList& paths, int rows)
{
    m_model->addPaths(paths);
    QTRY_COMPARE(m_model->rowCount(), rows);
    for (int row = 0; row < rows; ++row)
        QTRY_VERIFY(!data(row, StagingModel::IsLoadingRole).toBool());
}

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
    const auto removed = data(0, StagingModel::RemovedMetadataRole).toList();
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

QTEST_GUILESS_MAIN(TestStagingModel)
#include "tst_stagingmodel.moc"
