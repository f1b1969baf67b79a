// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/backup.h"
#include "app/backend/inspection.h"
#include "app/backend/schema.h"
#include "tests/backend/fixture.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;

namespace {

QByteArray photo(int seed = 0)
{
    return test::jpeg(test::picture({80, 60}, seed));
}

QStringList findings(const QString& directory)
{
    QStringList found;
    const auto checked =
        inspect(directory, [&](const Finding& finding) { found.append(finding.what); });
    return checked ? found : QStringList(checked.error().detail);
}

/// Reads as ever, unless it is told what it shall fail with; knows what it was asked for.
class MoodyReader final : public imaging::PictureReader
{
public:
    Result<imaging::Findings> read(const imaging::PictureSource& source,
                                   const imaging::ReadOrder& order) const override
    {
        const auto file = std::get<imaging::OpenFile>(source);
        {
            const std::scoped_lock lock(m_mutex);
            m_sizes.append(file.size);
            if (m_mood)
                return failure(*m_mood);
        }
        return m_reader.read(source, order);
    }
    void setMood(std::optional<ErrorKind> mood)
    {
        const std::scoped_lock lock(m_mutex);
        m_mood = mood;
    }
    /// Of the files that it was given, one after the other.
    QList<qint64> sizes() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_sizes;
    }

private:
    const imaging::InProcessPictureReader m_reader;
    mutable std::mutex m_mutex;
    mutable QList<qint64> m_sizes;
    std::optional<ErrorKind> m_mood;
};

/// A store, and what makes variants in it, as often as it is opened.
class Workshop
{
public:
    explicit Workshop(const QString& directory) : m_directory(directory) { open(); }

    void open()
    {
        close();
        m_connections = *Connections::open(databasePath(m_directory), migrations());
        m_store = *ImageStore::open(m_directory, *m_connections, m_clock);
    }
    void close()
    {
        m_maker.reset();
        m_store.reset();
    }
    VariantMaker& startMaker(std::chrono::milliseconds patience = std::chrono::hours(1))
    {
        m_maker = std::make_unique<VariantMaker>(*m_store, m_ingest, patience);
        return *m_maker;
    }
    StoredImage share(const QByteArray& bytes)
    {
        auto incoming = *m_store->begin();
        if (!incoming->write(bytes))
            qFatal("the picture could not be written");
        incoming->finish();
        return std::get<StoredImage>(*m_store->addWaiting(*incoming, {}));
    }
    bool isWaiting(const StoredImage& stored) { return m_store->isWaiting(stored.image.sha256); }
    bool isThere(const StoredImage& stored) { return m_store->find(stored.image.id).has_value(); }
    bool hasVariants(const StoredImage& stored)
    {
        return std::all_of(kForms.begin(), kForms.end(), [&](Form form) {
            return QFileInfo(m_store->path(stored, form)).size() > 0;
        });
    }
    QStringList arriving() const
    {
        return QDir(m_directory + u"/incoming"_s)
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    ImageStore& store() { return *m_store; }
    MoodyReader& reader() { return m_reader; }

private:
    const QString m_directory;
    test::FakeClock m_clock;
    MoodyReader m_reader;
    const imaging::Limits m_limits;
    PixelBudget m_pixels{1'000'000};
    const Ingest m_ingest{m_reader, m_limits, m_pixels};
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<ImageStore> m_store;
    std::unique_ptr<VariantMaker> m_maker;
};

} // namespace

/// Variants that are made after the upload was answered.
class tst_Deferral final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void uploadsAreAnsweredBefore();
    void whatCannotBeShownIsKept();
    void whatIsNoPictureIsRefusedAtOnce();
    void theSameBytesAreOnePicture();
    void checkAndBackupTakeItAsItIs();

    void anEarlierRunsRestIsMade();
    void killedBetweenPlaceAndRow();
    void leftWithoutARowIsSwept();
    void removedOnesLeaveNothing();
    void whoIsAskedForIsNext();
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
    auto upload = std::make_unique<VariantMaker::Upload>(backend.maker);
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
    QCOMPARE(backend.ask("GET", preview).status, 503);
    QCOMPARE(backend.ask("GET", download).status, 503);
    const auto original = backend.askAsOwner("GET", "/api/admin/original?id=" + id.toLatin1());
    QCOMPARE(test::content(original), photo());

    upload.reset();
    QTRY_COMPARE(backend.ask("GET", preview).status, 200);
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
    QCOMPARE(findings(path()), QStringList());

    const QTemporaryDir place;
    const QString copy = place.filePath(u"copy"_s);
    const auto copied = backUp(path(), copy);
    VERIFY_OK(copied);
    QCOMPARE(copied->pictures, 2);
    QCOMPARE(copied->unreadable, QStringList());
    QCOMPARE(findings(copy), QStringList());

    Workshop restored(copy);
    QVERIFY(restored.isWaiting(waiting));
    restored.startMaker();
    QTRY_VERIFY(!restored.isWaiting(waiting));
    QVERIFY(restored.hasVariants(waiting));
    QVERIFY(restored.hasVariants(made));
    QCOMPARE(findings(copy), QStringList());
    QVERIFY(QFile::remove(workshop.store().waitingPath(waiting.image.sha256)));
    QCOMPARE(findings(path()).size(), 1);
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
    QVERIFY(!workshop.store().resume(first.image.sha256)); // and stays where it is
    QVERIFY(workshop.hasVariants(first));
    QVERIFY(workshop.hasVariants(second));
    QCOMPARE(workshop.arriving(), QStringList());
    QCOMPARE(findings(path()), QStringList());
}

void tst_Deferral::killedBetweenPlaceAndRow()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    ContentFiles files(path());
    const auto picture = workshop.store().resume(stored.image.sha256);
    for (const Form form : kVariants)
        QVERIFY(picture->add(form, "half done"));
    QVERIFY(files.announce(picture->digest()));
    QVERIFY(files.place(*picture));
    workshop.open();
    QCOMPARE(findings(path()), QStringList());
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
    QCOMPARE(findings(path()), QStringList());
    QCOMPARE(workshop.arriving(), QStringList());
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
    QCOMPARE(workshop.arriving(), QStringList());
}

void tst_Deferral::removedOnesLeaveNothing()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    QVERIFY(workshop.store().remove(stored.image.id));
    QCOMPARE(workshop.arriving(), QStringList());
    QCOMPARE(workshop.store().waiting()->size(), 0);
    QCOMPARE(findings(path()), QStringList());
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

void tst_Deferral::uploadsGoFirstButNotForEver()
{
    Workshop workshop(path());
    auto& maker = workshop.startMaker(std::chrono::milliseconds(1));
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
