// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/downloads.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;

class TestSavingInto : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void highresIsSavedAndCounted();
    void originalIsSavedAndNotCounted();
    void sameNamesDoNotMeet();
    void missingDirectoryLeavesNothing();
    void whatCannotBeKeptIsNotCounted_data();
    void whatCannotBeKeptIsNotCounted();
    void goneImageIsAnError();
    void altTextGoesIntoTheCopy();
    void whatBringsTheReaderDownIsNotSaved();

private:
    protocol::Image upload(const QString& name, const QByteArray& bytes, const QString& type);
    qint64 countOf(const QString& id);

    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    test::LocalServer m_server{m_pictures};
    const QTemporaryDir m_account;
    Downloads m_downloads{m_account.path(), m_server.client(), m_pictures, m_clock};
    QTemporaryDir m_directory;
    int m_uploads = 0;
};

protocol::Image TestSavingInto::upload(const QString& name, const QByteArray& bytes,
                                       const QString& type)
{
    const QTemporaryDir source;
    api::UploadRequest request{.file = test::writeTo(source.path(), u"bytes"_s, bytes),
                               .name = name,
                               .type = type,
                               .idempotencyKey = u"upload-%1"_s.arg(++m_uploads),
                               .sha256 =
                                   QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)};
    return await(m_server.client().upload(request, {})).value();
}

qint64 TestSavingInto::countOf(const QString& id)
{
    const auto page = await(m_server.client().images(api::View::Owner, {}, 1000)).value();
    for (const auto& image : page.images) {
        if (image.id == id)
            return image.downloadCount;
    }
    return -1;
}

void TestSavingInto::highresIsSavedAndCounted()
{
    const auto image = upload(u"big.png"_s, test::png(test::picture({2400, 1200})), u"image/png"_s);
    QSignalSpy counted(&m_downloads, &Downloads::counted);
    const auto path =
        await(m_downloads.saveInto(m_directory.path(), image, Downloads::Copy::Highres));
    VERIFY_OK(path);
    QCOMPARE(QFileInfo(*path).fileName(), u"big.jpg"_s); // says what it is
    QCOMPARE(QImage(*path).size(), QSize(2000, 1000));
    QCOMPARE(countOf(image.id), 1);
    QCOMPARE(counted.size(), 1);
}

void TestSavingInto::originalIsSavedAndNotCounted()
{
    const QByteArray bytes = test::png(test::picture({300, 200}));
    const auto image = upload(u"small.png"_s, bytes, u"image/png"_s);
    const auto path =
        await(m_downloads.saveInto(m_directory.path(), image, Downloads::Copy::Original));
    VERIFY_OK(path);
    QFile file(*path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
    QCOMPARE(countOf(image.id), 0);
}

void TestSavingInto::sameNamesDoNotMeet()
{
    const QTemporaryDir target;
    const auto one =
        upload(u"same.jpg"_s, test::jpeg(test::picture({300, 200}, 1)), u"image/jpeg"_s);
    const auto two =
        upload(u"same.jpg"_s, test::jpeg(test::picture({300, 200}, 2)), u"image/jpeg"_s);
    auto first = m_downloads.saveInto(target.path(), one, Downloads::Copy::Highres);
    auto second = m_downloads.saveInto(target.path(), two, Downloads::Copy::Highres);
    VERIFY_OK(await(first));
    VERIFY_OK(await(second));
    QStringList names = QDir(target.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    QCOMPARE(names, QStringList({u"same (2).jpg"_s, u"same.jpg"_s}));
    QVERIFY(QImage(*await(first)) != QImage(*await(second)));
}

void TestSavingInto::whatCannotBeKeptIsNotCounted_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("missing") << m_directory.filePath(u"missing"_s) << ErrorKind::NoSuchFolder;
    const QString file = test::writeTo(m_directory.path(), u"a file"_s, "no directory");
    QTest::newRow("a file") << file << ErrorKind::NoSuchFolder;
    // A directory's permissions would not hold root back; the kernel does.
    QTest::newRow("unwritable") << u"/sys"_s << ErrorKind::PermissionDenied;
}

// "Downloads": no permission
void TestSavingInto::whatCannotBeKeptIsNotCounted()
{
    QFETCH(QString, place);
    QFETCH(ErrorKind, kind);
    const auto image = upload(u"a.jpg"_s, test::jpeg(test::picture({300, 200})), u"image/jpeg"_s);
    QSignalSpy counted(&m_downloads, &Downloads::counted);
    const auto path = await(m_downloads.saveInto(place, image, Downloads::Copy::Highres));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, kind);
    QCOMPARE(counted.size(), 0);
    QCOMPARE(countOf(image.id), 0);
    QCOMPARE(m_downloads.transfers().last().state, State::Failed);
}

void TestSavingInto::missingDirectoryLeavesNothing()
{
    const auto image = upload(u"a.jpg"_s, test::jpeg(test::picture({300, 200})), u"image/jpeg"_s);
    const auto path = await(
        m_downloads.saveInto(m_directory.filePath(u"missing"_s), image, Downloads::Copy::Original));
    QVERIFY(!path);
    QVERIFY(!QFileInfo::exists(m_directory.filePath(u"missing"_s)));
}

void TestSavingInto::goneImageIsAnError()
{
    const QTemporaryDir target;
    const auto image = upload(u"a.jpg"_s, test::jpeg(test::picture({300, 200})), u"image/jpeg"_s);
    VERIFY_OK(await(m_server.client().remove(image.id)));
    const auto path = await(m_downloads.saveInto(target.path(), image, Downloads::Copy::Highres));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, ErrorKind::NotFound);
    QVERIFY(QDir(target.path()).isEmpty());
}

void TestSavingInto::altTextGoesIntoTheCopy()
{
    auto image = upload(u"a.jpg"_s, test::jpeg(test::picture({300, 200})), u"image/jpeg"_s);
    image.alt = u"A red boat"_s;
    const auto path = await(m_downloads.saveInto(
        m_directory.path(), image, Downloads::Copy::Original, Downloads::Alt::Written));
    VERIFY_OK(path);
    QFile saved(*path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QVERIFY(saved.readAll().contains("A red boat"));
    const QString ordinary = test::writeTo(m_directory.path(), u"ordinary"_s, "x");
    QCOMPARE(saved.permissions(), QFile::permissions(ordinary));
    QCOMPARE(QImage(*path).size(), QSize(300, 200));
}

// "Decoders": what a server sent is parsed by the reader, and nowhere else.
void TestSavingInto::whatBringsTheReaderDownIsNotSaved()
{
    struct Crashing final : imaging::PictureReader {
        Result<imaging::Findings> read(const imaging::PictureSource&,
                                       const imaging::ReadOrder&) const override
        {
            return failure(ErrorKind::DecoderCrashed);
        }
    };
    const QTemporaryDir target;
    const Crashing pictures;
    Downloads downloads(m_account.path(), m_server.client(), pictures, m_clock);
    auto image = upload(u"a.jpg"_s, test::jpeg(test::picture({300, 200})), u"image/jpeg"_s);
    image.alt = u"A red boat"_s;
    const auto path = await(downloads.saveInto(target.path(), image, Downloads::Copy::Original,
                                               Downloads::Alt::Written));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, ErrorKind::DecoderCrashed);
    QTRY_VERIFY(QDir(target.path()).isEmpty(QDir::Files | QDir::Hidden));
}

QTEST_GUILESS_MAIN(TestSavingInto)
#include "tst_savinginto.moc"
