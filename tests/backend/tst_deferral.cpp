// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/backup.h"
#include "tests/backend/fixture.h"
#include "tests/backend/workshop.h"
#include "tests/support/futures.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vitrine;
using namespace vitrine::backend;
using test::photo;
using test::Workshop;

/// Variants that are made after the upload was answered.
class tst_Deferral final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void uploadsAreAnsweredBefore();
    void whatCannotBeShownIsKept();
    void whatIsNoPictureIsRefusedAtOnce();
    void theListingTellsOfVariants();
    void theSameBytesAreOnePicture();
    void checkAndBackupTakeItAsItIs();

    void anEarlierRunsRestIsMade();
    void killedBetweenPlaceAndRow();
    void leftWithoutARowIsSwept();
    void removedOnesLeaveNothing();
    void whoIsAskedForIsNext();
    void whoIsAskedForWaitsForNoUpload();
    void uploadsInARowGoFirst();
    void uploadsGoFirstButNotForEver();
    void theMachinesTroubleCostsNoPicture();
    void decodersAreBroughtDownTwiceAtMost();

private:
    QString path() const { return m_directory->path(); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_Deferral::uploadsAreAnsweredBefore()
{
    test::Backend backend(1'000'000, Origins({}), true);
    const VariantMaker::Upload upload(backend.maker);
    const auto answer = backend.upload(photo());
    QCOMPARE(answer.status, 201);
    const QJsonObject item = test::json(answer);
    const QString id = item["id"_L1].toString();
    QCOMPARE(item["type"_L1].toString(), u"image/jpeg"_s);
    QCOMPARE(item["width"_L1].toInt(), 80);
    QCOMPARE(item["placeholder"_L1].toString(), QString());
    QCOMPARE(backend.item(id), item);

    const QByteArray preview = test::targetOf(item["previewURL"_L1].toString());
    const QByteArray download = "/api/download?id=" + id.toLatin1();
    QCOMPARE(backend.ask("GET", download).status, 503);
    const auto original = backend.askAsOwner("GET", "/api/admin/original?id=" + id.toLatin1());
    QCOMPARE(test::content(original), photo());

    QTRY_COMPARE(backend.ask("GET", preview).status, 200); // who looks waits for no upload
    QCOMPARE(backend.ask("GET", download).status, 302);
    const QJsonObject after = backend.item(id);
    QVERIFY(!after["placeholder"_L1].toString().isEmpty());
    QCOMPARE(after["downloadCount"_L1].toInt(), 1);
    QCOMPARE(after["revision"_L1], item["revision"_L1]); // nobody edited it
    QCOMPARE(backend.fileCount(), 4);
}

void tst_Deferral::whatCannotBeShownIsKept()
{
    test::Backend backend(1'000'000, Origins({}), true);
    auto upload = std::make_unique<VariantMaker::Upload>(backend.maker);
    const QByteArray cut = photo().chopped(300);
    const QJsonObject item = backend.share(cut);
    const QByteArray id = item["id"_L1].toString().toLatin1();
    const QByteArray preview = test::targetOf(item["previewURL"_L1].toString());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be shown"_s));
    upload.reset();
    QTRY_COMPARE(backend.ask("GET", preview).status, 404);
    QCOMPARE(backend.ask("GET", "/api/download?id=" + id).status, 404);
    QCOMPARE(test::content(backend.askAsOwner("GET", "/api/admin/original?id=" + id)), cut);
    VERIFY_OK(backend.store->remove(QString::fromLatin1(id)));
    QCOMPARE(backend.fileCount(), 0);
}

void tst_Deferral::whatIsNoPictureIsRefusedAtOnce()
{
    test::Backend backend(1'000'000, Origins({}), true);
    QCOMPARE(backend.upload("no picture at all").status, 422);
    QCOMPARE(backend.fileCount(), 0);
}

void tst_Deferral::theListingTellsOfVariants()
{
    test::Backend backend(1'000'000, Origins({}), true);
    auto upload = std::make_unique<VariantMaker::Upload>(backend.maker);
    backend.share(photo());
    const auto before = backend.ask("GET", "/api/images");
    const http::Headers known{{"If-None-Match", before.headers.value("ETag")}};
    QCOMPARE(backend.ask("GET", "/api/images", known).status, 304);
    upload.reset();
    QTRY_COMPARE(backend.store->waiting()->size(), 0);
    QTRY_COMPARE(backend.ask("GET", "/api/images", known).status, 200);
}

void tst_Deferral::theSameBytesAreOnePicture()
{
    test::Backend backend(1'000'000, Origins({}), true);
    auto upload = std::make_unique<VariantMaker::Upload>(backend.maker);
    const QString first = backend.share(photo())["id"_L1].toString();
    const QString second = backend.share(photo())["id"_L1].toString();
    QVERIFY(first != second);
    QCOMPARE(backend.store->waiting()->size(), 1);
    upload.reset();
    QTRY_VERIFY(!backend.item(second)["placeholder"_L1].toString().isEmpty());
    const QString placeholder = backend.item(first)["placeholder"_L1].toString();
    QCOMPARE(backend.item(second)["placeholder"_L1].toString(), placeholder);
    const QJsonObject third = backend.share(photo());
    QCOMPARE(third["placeholder"_L1].toString(), placeholder); // known by now
}

void tst_Deferral::checkAndBackupTakeItAsItIs()
{
    Workshop workshop(path());
    const StoredImage made = workshop.share(photo(1));
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(made));
    workshop.open();
    const StoredImage waiting = workshop.share(photo(2));
    QCOMPARE(workshop.findings(), QStringList());

    const QTemporaryDir place;
    const QString copy = place.filePath(u"copy"_s);
    const auto copied = backUp(path(), copy);
    VERIFY_OK(copied);
    QCOMPARE(copied->pictures, 2);
    QCOMPARE(copied->unreadable, QStringList());
    QCOMPARE(Workshop::findings(copy), QStringList());

    Workshop restored(copy);
    QVERIFY(restored.isWaiting(waiting));
    restored.startMaker();
    QTRY_VERIFY(!restored.isWaiting(waiting));
    QVERIFY(restored.hasVariants(waiting));
    QVERIFY(restored.hasVariants(made));
    QCOMPARE(Workshop::findings(copy), QStringList());
    QVERIFY(QFile::remove(workshop.store().waitingPath(waiting.image.sha256)));
    QCOMPARE(workshop.findings().size(), 1);
}

void tst_Deferral::anEarlierRunsRestIsMade()
{
    Workshop workshop(path());
    const StoredImage first = workshop.share(photo(1));
    const StoredImage second = workshop.share(photo(2));
    workshop.open();
    QVERIFY(workshop.isWaiting(first));
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(first) && !workshop.isWaiting(second));
    QVERIFY(!*workshop.store().resume(first.image.sha256)); // and stays where it is
    QVERIFY(workshop.hasVariants(first));
    QVERIFY(workshop.hasVariants(second));
    QCOMPARE(workshop.arrivals(), QStringList());
    QCOMPARE(workshop.findings(), QStringList());
}

void tst_Deferral::killedBetweenPlaceAndRow()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    ContentFiles files(path());
    const auto picture = *workshop.store().resume(stored.image.sha256);
    for (const Form form : kVariants)
        QVERIFY(picture->add(form, "half done"));
    QVERIFY(files.announce(picture->digest()));
    QVERIFY(files.place(*picture));
    workshop.open();
    QCOMPARE(workshop.findings(), QStringList());
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
    QCOMPARE(workshop.findings(), QStringList());
    QCOMPARE(workshop.arrivals(), QStringList());
}

void tst_Deferral::leftWithoutARowIsSwept()
{
    Workshop workshop(path());
    auto incoming = *workshop.store().begin();
    QVERIFY(incoming->write(photo()));
    incoming->finish();
    ContentFiles files(path());
    VERIFY_OK(files.letWait(*incoming)); // killed before the row
    workshop.open();
    QCOMPARE(workshop.arrivals(), QStringList());
}

void tst_Deferral::removedOnesLeaveNothing()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    QVERIFY(workshop.store().remove(stored.image.id));
    QCOMPARE(workshop.arrivals(), QStringList());
    QCOMPARE(workshop.store().waiting()->size(), 0);
    QCOMPARE(workshop.findings(), QStringList());
}

void tst_Deferral::whoIsAskedForIsNext()
{
    Workshop workshop(path());
    auto& maker = workshop.startMaker();
    auto upload = std::make_unique<VariantMaker::Upload>(maker);
    const StoredImage early = workshop.share(photo(1));
    const StoredImage late = workshop.share(photo(2) + QByteArray(5, '\0'));
    maker.wake();
    maker.hurry(late.image.sha256);
    upload.reset();
    QTRY_VERIFY(!workshop.isWaiting(early) && !workshop.isWaiting(late));
    QCOMPARE(workshop.reader().sizes(), (QList<qint64>{late.image.bytes, early.image.bytes}));
}

void tst_Deferral::whoIsAskedForWaitsForNoUpload()
{
    Workshop workshop(path());
    const StoredImage early = workshop.share(photo(1));
    const StoredImage late = workshop.share(photo(2) + QByteArray(5, '\0'));
    workshop.reader().setHeld(true);
    auto& maker = workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1); // the first is at hand
    auto endless = std::make_unique<VariantMaker::Upload>(maker);
    const StoredImage last = workshop.share(photo(3) + QByteArray(9, '\0'));
    maker.hurry(last.image.sha256);
    workshop.reader().setHeld(false);
    QTRY_VERIFY(!workshop.isWaiting(last));
    QVERIFY(workshop.isWaiting(late));
    endless.reset();
    QTRY_VERIFY(!workshop.isWaiting(late) && !workshop.isWaiting(early));
}

void tst_Deferral::uploadsInARowGoFirst()
{
    Workshop workshop(path());
    auto& maker = workshop.startMaker({.patience = 1h, .pause = 1h});
    auto upload = std::make_unique<VariantMaker::Upload>(maker);
    const StoredImage early = workshop.share(photo(1));
    const StoredImage second = workshop.share(photo(2) + QByteArray(5, '\0'));
    const StoredImage third = workshop.share(photo(3) + QByteArray(9, '\0'));
    maker.wake();
    upload.reset(); // and the next one may come
    maker.hurry(second.image.sha256);
    QTRY_VERIFY(!workshop.isWaiting(second));
    maker.hurry(third.image.sha256);
    QTRY_VERIFY(!workshop.isWaiting(third));
    QVERIFY(workshop.isWaiting(early));
    QCOMPARE(workshop.reader().sizes(), (QList<qint64>{second.image.bytes, third.image.bytes}));
}

void tst_Deferral::uploadsGoFirstButNotForEver()
{
    Workshop workshop(path());
    auto& maker = workshop.startMaker({.patience = 1ms});
    const VariantMaker::Upload endless(maker);
    const StoredImage stored = workshop.share(photo());
    maker.wake();
    QTRY_VERIFY(!workshop.isWaiting(stored));
}

void tst_Deferral::theMachinesTroubleCostsNoPicture()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    workshop.reader().setMood(ErrorKind::SandboxRefused);
    auto& maker = workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1);
    maker.wake();
    QTRY_COMPARE(workshop.reader().sizes().size(), 2);
    QVERIFY(workshop.isThere(stored));
    workshop.reader().setMood({});
    maker.wake();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
}

void tst_Deferral::decodersAreBroughtDownTwiceAtMost()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    workshop.reader().setMood(ErrorKind::DecoderTooSlow); // perhaps it was the machine
    auto& maker = workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1);
    QVERIFY(workshop.isThere(stored));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be shown"_s));
    maker.wake();
    QTRY_VERIFY(maker.hasGivenUp(stored.image.sha256));
    maker.wake();
    QVERIFY(workshop.isThere(stored));
    QCOMPARE(workshop.reader().sizes().size(), 2);
}

QTEST_GUILESS_MAIN(tst_Deferral)
#include "tst_deferral.moc"
