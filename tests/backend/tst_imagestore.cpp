// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/imagestore.h"
#include "app/backend/inspection.h"
#include "app/backend/schema.h"
#include "tests/support/contentof.h"
#include "tests/support/fakeclock.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QtConcurrentMap>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;

namespace {

int entriesBelow(const QString& path)
{
    QDirIterator entries(path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int count = 0;
    for (; entries.hasNext(); entries.next())
        ++count;
    return count;
}

} // namespace

class tst_ImageStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatIsAddedIsThereAfterARestart();
    void unfinishedUploadsAreSwept();
    void picturesWithoutARowAreSwept();
    void picturesWithARowAreKept();
    void notesOfTheVersionBeforeAreRead_data();
    void notesOfTheVersionBeforeAreRead();
    void notesThatCannotBeReadAreKept();
    void aFailedCommitLeavesNothing();
    void oneKeyInManyThreadsIsOneImage();
    void manyThreadsCountEveryDownload();
    void whatIsPrivateIsNotGivenOutNorCounted();
    void filesAreForTheOwnerAlone();
    void totalsFollowEveryChange();
    void rowsOfSomebodyElseAreNotThere_data();
    void rowsOfSomebodyElseAreNotThere();

private:
    void open();
    std::unique_ptr<Incoming> incoming(const QByteArray& bytes);
    Result<KeyOutcome> add(const QByteArray& bytes, const QString& key = {});
    StoredImage added(const QByteArray& bytes) { return std::get<StoredImage>(*add(bytes)); }
    QString images() const { return m_directory->path() + u"/images"_s; }
    QString arriving() const { return m_directory->path() + u"/incoming"_s; }

    std::unique_ptr<QTemporaryDir> m_directory;
    test::FakeClock m_clock;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<ImageStore> m_store;
};

void tst_ImageStore::init()
{
    m_store.reset();
    m_connections.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    open();
}

void tst_ImageStore::open()
{
    m_store.reset();
    m_connections = *Connections::open(databasePath(m_directory->path()), migrations());
    m_store = *ImageStore::open(m_directory->path(), *m_connections, m_clock);
}

std::unique_ptr<Incoming> tst_ImageStore::incoming(const QByteArray& bytes)
{
    auto begun = m_store->begin();
    if (!begun || !(*begun)->write(bytes))
        qFatal("the picture could not be written");
    (*begun)->finish();
    if (!(*begun)->add(Form::Preview, "preview"))
        qFatal("the preview could not be written");
    return *std::move(begun);
}

Result<KeyOutcome> tst_ImageStore::add(const QByteArray& bytes, const QString& key)
{
    NewImage properties;
    properties.name = u"a.jpg"_s;
    properties.key = key;
    properties.type = u"image/jpeg"_s;
    properties.placeholder = "hash";
    return m_store->add(*incoming(bytes), properties);
}

void tst_ImageStore::whatIsAddedIsThereAfterARestart()
{
    const StoredImage before = added("picture");
    open();
    const auto after = m_store->find(before.image.id);
    QVERIFY(after);
    QCOMPARE(after->image, before.image);
    QCOMPARE(test::contentOf(m_store->path(*after, Form::Original)), "picture");
    QCOMPARE(test::contentOf(m_store->path(*after, Form::Preview)), "preview");
    QCOMPARE(entriesBelow(arriving()), 0);
}

void tst_ImageStore::unfinishedUploadsAreSwept()
{
    // As a process leaves them that was killed: what would remove them never ran.
    auto abandoned = incoming("half a picture");
    QVERIFY(entriesBelow(arriving()) > 0);
    open();
    QCOMPARE(QDir(arriving()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 0);
}

void tst_ImageStore::picturesWithoutARowAreSwept()
{
    // Killed between the rename and the commit.
    ContentFiles files(m_directory->path());
    auto placed = incoming("picture");
    QVERIFY(files.announce(placed->digest()));
    QVERIFY(files.place(*placed));
    QCOMPARE(entriesBelow(images()), 2);
    open();
    QCOMPARE(entriesBelow(images()), 0);
    QCOMPARE(entriesBelow(arriving()), 0);
}

void tst_ImageStore::picturesWithARowAreKept()
{
    // Killed between the commit and the removal of the note.
    const StoredImage stored = added("picture");
    QVERIFY(ContentFiles(m_directory->path()).announce(stored.image.sha256));
    open();
    QCOMPARE(test::contentOf(m_store->path(stored, Form::Original)), "picture");
    QCOMPARE(entriesBelow(arriving()), 0);
}

void tst_ImageStore::notesOfTheVersionBeforeAreRead_data()
{
    QTest::addColumn<bool>("hasRow");
    QTest::newRow("killed between the removal of the row and that of the files") << false;
    QTest::newRow("killed before the removal of the row") << true;
}

void tst_ImageStore::notesOfTheVersionBeforeAreRead()
{
    QFETCH(bool, hasRow);
    const StoredImage stored = added("picture");
    if (!hasRow) {
        const auto removed = m_connections->write([&](SQLite::Database& database) -> Result<void> {
            database.exec("DELETE FROM images; DELETE FROM files");
            return {};
        });
        QVERIFY(removed);
    }
    QFile note(arriving() + u'/' + QString::fromLatin1(stored.image.sha256.toHex()) +
               u".0b9a3f1e-2c4d-4e5f-8a6b-7c8d9e0f1a2b.note"_s);
    QVERIFY(note.open(QIODevice::WriteOnly));
    note.close();
    open();
    QCOMPARE(entriesBelow(images()), hasRow ? 2 : 0);
    QCOMPARE(entriesBelow(arriving()), 0);
}

void tst_ImageStore::notesThatCannotBeReadAreKept()
{
    const QString path = m_directory->filePath(u"notes"_s);
    const QByteArray first(kDigestBytes, 'a');
    QVERIFY(UnderWay(path).add(first));
    QVERIFY(QFile::setPermissions(m_directory->path(), QFile::Permissions(0x7777)));
    QVERIFY(QFile::setPermissions(path, QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther));
    const uid_t user = ::geteuid();
    if (user == 0) // who may read everything
        QCOMPARE(::seteuid(65534), 0);
    const auto added = UnderWay(path).add(QByteArray(kDigestBytes, 'b'));
    QCOMPARE(::seteuid(user), 0);
    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::PermissionDenied);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    QCOMPARE(UnderWay(path).notes()->first().digest, first);
}

void tst_ImageStore::aFailedCommitLeavesNothing()
{
    const auto sabotaged = m_connections->write([](SQLite::Database& database) -> Result<void> {
        database.exec("CREATE TRIGGER sabotage BEFORE INSERT ON images"
                      " BEGIN SELECT RAISE(ABORT, 'no'); END");
        return {};
    });
    QVERIFY(sabotaged);
    QVERIFY(!add("picture", u"key"_s));
    QCOMPARE(entriesBelow(images()), 0);
    QCOMPARE(entriesBelow(arriving()), 0);
    QVERIFY(std::holds_alternative<Unused>(*m_store->outcome(u"key"_s)));
}

void tst_ImageStore::oneKeyInManyThreadsIsOneImage()
{
    QThreadPool pool;
    pool.setMaxThreadCount(8);
    const QList<int> tries(8, 0);
    const auto ids = QtConcurrent::blockingMapped<QStringList>(&pool, tries, [this](int) {
        const auto outcome = add("picture", u"key"_s);
        return outcome ? std::get<StoredImage>(*outcome).image.id : QString();
    });
    QVERIFY(!ids.first().isEmpty());
    QCOMPARE(ids, QStringList(8, ids.first()));
    QCOMPARE(m_store->page({}, 100)->images.size(), 1);
    QCOMPARE(entriesBelow(arriving()), 0);
}

void tst_ImageStore::manyThreadsCountEveryDownload()
{
    const QString id = added("picture").image.id;
    QThreadPool pool;
    pool.setMaxThreadCount(8);
    const QList<int> tries(50, 0);
    QtConcurrent::blockingMap(
        &pool, tries, [&](int) { (void)m_store->countDownload(id, ImageStore::Private::Refused); });
    QCOMPARE(m_store->find(id)->image.downloadCount, 50);
}

void tst_ImageStore::whatIsPrivateIsNotGivenOutNorCounted()
{
    const QString id = added("picture").image.id;
    QVERIFY(m_store->edit(id, {}, {.isPrivate = true}));
    const auto refused = m_store->countDownload(id, ImageStore::Private::Refused);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Forbidden);
    QCOMPARE(m_store->find(id)->image.downloadCount, 0);
    QVERIFY(m_store->countDownload(id, ImageStore::Private::Allowed));
    QCOMPARE(m_store->find(id)->image.downloadCount, 1);
}

void tst_ImageStore::filesAreForTheOwnerAlone()
{
    added("picture");
    QDirIterator entries(m_directory->path(), QDir::AllEntries | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo info(entries.next());
        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY2(!(info.permissions() & others), qPrintable(info.filePath()));
    }
}

void tst_ImageStore::totalsFollowEveryChange()
{
    const auto are = [this](qint64 images, qint64 files, qint64 bytes) {
        const auto totals = m_store->totals();
        return totals && totals->images == images && totals->files == files &&
               totals->bytes == bytes;
    };
    QVERIFY(are(0, 0, 0));
    const StoredImage first = added("picture");
    QVERIFY(are(1, 1, 7));
    const StoredImage again = added("picture"); // the same bytes lie there once
    QVERIFY(are(2, 1, 7));
    const StoredImage other = added("another");
    QVERIFY(are(3, 2, 14));
    QVERIFY(m_store->remove(first.image.id));
    QVERIFY(m_store->remove(first.image.id)); // is gone already
    QVERIFY(are(2, 2, 14));
    QVERIFY(m_store->remove(again.image.id));
    QVERIFY(are(1, 1, 7));
    open();
    QVERIFY(m_store->remove(other.image.id));
    QVERIFY(are(0, 0, 0));
}

void tst_ImageStore::rowsOfSomebodyElseAreNotThere_data()
{
    QTest::addColumn<QString>("change");
    for (const char* change : {"id = '../../etc/passwd'", "id = ''", "id = 'a/b'", "id = x'0a0d'",
                               "id = hex(zeroblob(99))", "type = 'text/html' || x'0d0a' || 'X: y'",
                               "type = hex(zeroblob(99))", "bytes = -1", "downloads = -1",
                               "revision = 0", "width = -2", "height = 4294967200",
                               "uploaded = 9223372036854775807", "placeholder = zeroblob(100000)"})
        QTest::newRow(change) << QString::fromLatin1(change);
}

// A data directory that was copied from elsewhere may hold anything.
void tst_ImageStore::rowsOfSomebodyElseAreNotThere()
{
    QFETCH(QString, change);
    const StoredImage oldest = added("oldest");
    const StoredImage strange = added("strange");
    const StoredImage newest = added("newest");
    const auto changed = m_connections->write([&](SQLite::Database& database) -> Result<void> {
        database.exec(u"UPDATE images SET %1 WHERE sequence = %2"_s.arg(change)
                          .arg(strange.sequence)
                          .toStdString());
        return {};
    });
    QVERIFY(changed);
    QCOMPARE(m_store->find(strange.image.id).error().kind, ErrorKind::NotFound);
    QStringList listed;
    QString cursor;
    do { // pages go on past it
        const auto page = m_store->page(cursor, 1);
        QVERIFY(page);
        for (const StoredImage& stored : page->images)
            listed.append(stored.image.id);
        cursor = page->cursor;
    } while (!cursor.isEmpty());
    QCOMPARE(listed, (QStringList{newest.image.id, oldest.image.id}));

    // The check names it, and by what it names it can be removed.
    QList<Finding> findings;
    (void)inspect(m_directory->path(), [&](const Finding& finding) {
        if (finding.kind == Finding::Kind::Rows)
            findings.append(finding);
    });
    QCOMPARE(findings.size(), 1);
    QVERIFY(findings.first().what.contains(u"row %1 "_s.arg(strange.sequence)));
    QVERIFY(m_store->remove(findings.first().imageId));
    QCOMPARE(m_store->totals()->images, 2);
    QCOMPARE(entriesBelow(images()), 4);
}

QTEST_GUILESS_MAIN(tst_ImageStore)
#include "tst_imagestore.moc"
