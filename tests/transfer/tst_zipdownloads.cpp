// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/futures.h"
#include "tests/transfer/breakingserver.h"
#include "tests/transfer/downloadsfixture.h"

#include <QDir>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QScopeGuard>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <dlfcn.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace std::chrono_literals;
using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;
using test::kBytes;
using test::kFirstPart;
using test::pixels;

namespace {

std::atomic<bool> hasLittleRoom = false;  ///< the disk, as far as this program can tell
std::atomic<qsizetype> besideTheZip = -1; ///< files in its folder, once all is in it
std::atomic<bool> holdsTheZip = false;    ///< the disk takes its time to have it

QStringList everythingIn(const QString& directory)
{
    return QDir(directory).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

/// A server of images that are called 0, 1, 2…, each with an address of its own.
class Harbour final : public test::ReplayServer
{
public:
    QSet<QString> stuck;    ///< nothing more comes of these after kFirstPart bytes
    QSet<QString> cut;      ///< the first body of each of these breaks off there
    QSet<QString> troubled; ///< of these there is a 503
    QSet<QString> gone;     ///< and of these a 404

    /// How many bodies of \a id were asked for; where \a id is empty, of all.
    qsizetype bodies(const QString& id = {}) const { return asked("/highres/" + id.toLatin1()); }
    /// The requests that a server counts.
    qsizetype addresses() const { return asked("/api/download"); }
    QByteArray lastRange() const { return requests().last().header("Range"); }

private:
    qsizetype asked(const QByteArray& start) const
    {
        return std::count_if(requests().begin(), requests().end(), [&](const Request& request) {
            return request.verb() == "GET" && request.target().startsWith(start);
        });
    }
    Canned answerTo(const Request& request) override
    {
        const QByteArray target = request.target();
        if (target.startsWith("/api/download"))
            return {"HTTP/1.1 302 Found\r\nLocation: /highres/" +
                    target.mid(target.indexOf("id=") + 3) +
                    "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
        const QString id = QString::fromLatin1(target.mid(9));
        if (troubled.contains(id))
            return canned(503, "text/plain", "later");
        if (gone.contains(id))
            return canned(404, "text/plain", "");
        return body(id, request.header("Range"));
    }
    Canned body(const QString& id, const QByteArray& range)
    {
        const qsizetype start = range.mid(6).chopped(range.isEmpty() ? 0 : 1).toLongLong();
        Canned whole = canned(start > 0 ? 206 : 200, "image/jpeg", pixels().mid(start),
                              "ETag: \"v1\"\r\nContent-Range: bytes " + QByteArray::number(start) +
                                  "-199999/200000\r\n");
        const bool isStuck = stuck.contains(id);
        if (isStuck || cut.remove(id))
            whole.bytes.chop(kBytes - start - kFirstPart);
        whole.then = isStuck ? Then::StayOpen : Then::Close;
        return whole;
    }
};

} // namespace

/// What is free on the disk of \a path, by the C library's function \a name.
template <typename Room>
int roomOf(const char* name, const char* path, Room* result)
{
    using Call = int (*)(const char*, Room*);
    const auto call = reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
    const int outcome = call(path, result);
    if (outcome == 0 && hasLittleRoom)
        result->f_bavail = 1;
    return outcome;
}

// In place of the C library's: what QStorageInfo asks, of Qt 6.4 and of Qt 6.8, and what brings a
// file to the disk.
extern "C" int statvfs64(const char* path, struct statvfs64* result) noexcept
{
    return roomOf("statvfs64", path, result);
}

extern "C" int statfs64(const char* path, struct statfs64* result) noexcept
{
    return roomOf("statfs64", path, result);
}

extern "C" int fsync(int descriptor)
{
    const QString path = QFile::symLinkTarget(u"/proc/self/fd/%1"_s.arg(descriptor));
    if (path.endsWith("/zip"_L1))
        besideTheZip = everythingIn(QFileInfo(path).path()).size() - 1;
    while (path.endsWith("/zip"_L1) && holdsTheZip)
        std::this_thread::yield();
    return int(::syscall(SYS_fsync, descriptor));
}

/// Many images on their way into one file.
class TestZipDownloads : public test::DownloadsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void zipHasAllUnderNamesOfTheirOwn();
    void zipIsWholeOrNotThere();
    void oneThatIsGoneCostsNoOther();
    void finishedAsTheWindowClosesIsNotFetchedAgain();
    void cancelledAsTheWindowClosesStaysAway();
    void anotherRunGoesOn();
    void theSameAskedForAgainGoesOn();
    void otherImagesAreAnotherZip();
    void lostPartComesAgain();
    void littleRoomIsEnough_data();
    void littleRoomIsEnough();
    void cancelledLeavesNothing();
    void forgottenAccountLeavesNothing();
    void zipOfAnEarlierVersionIsClearedAway();

private:
    static QList<protocol::Image> boats(int count);
    QFuture<Result<QString>> save(Downloads& downloads);
    /// A run whose zip is on its way to the disk, which takes it when \c holdsTheZip is over.
    std::unique_ptr<Downloads> heldAtTheEnd();
    /// A run that ends when three of the six are there and the others have begun.
    void breakOff();
    QString folder() const;
    void verifyWhole();

    std::unique_ptr<Harbour> m_server;
};

void TestZipDownloads::init()
{
    m_server = std::make_unique<Harbour>();
    begin(m_server->url());
}

QList<protocol::Image> TestZipDownloads::boats(int count)
{
    QList<protocol::Image> images;
    for (int i = 0; i < count; ++i)
        images.append({.id = QString::number(i), .name = u"boat.jpg"_s});
    return images;
}

QFuture<Result<QString>> TestZipDownloads::save(Downloads& downloads)
{
    return downloads.saveZip(m_target->path(), u"boats.zip"_s, boats(6), Copy::Highres);
}

void TestZipDownloads::breakOff()
{
    m_server->stuck = {u"3"_s, u"4"_s, u"5"_s};
    const auto run = newRun();
    save(*run);
    QTRY_COMPARE(run->transfers().first().moved, 3 * kBytes + 3 * kFirstPart);
    QVERIFY(visible().isEmpty());
    m_server->stuck.clear();
}

QString TestZipDownloads::folder() const
{
    return m_target->filePath(everything().value(0));
}

// Nothing came twice, and nothing was counted twice.
void TestZipDownloads::verifyWhole()
{
    QCOMPARE(everything(), QStringList{u"boats.zip"_s});
    QVERIFY(QFileInfo(m_target->filePath(u"boats.zip"_s)).size() > 6 * kBytes);
    for (const QString& id : {u"0"_s, u"1"_s, u"2"_s})
        QCOMPARE(m_server->bodies(id), 1);
    for (const QString& id : {u"3"_s, u"4"_s, u"5"_s})
        QCOMPARE(m_server->bodies(id), 2);
    QCOMPARE(m_server->lastRange(), QByteArray("bytes=70000-"));
    QCOMPARE(m_server->addresses(), 6);
}

void TestZipDownloads::zipHasAllUnderNamesOfTheirOwn()
{
    m_server->cut = {u"0"_s};
    QList<protocol::Image> images = boats(5);
    images[1].name = u"BOAT.jpg"_s;
    images[2].name = u"../Böötchen ⛵.jpg"_s;
    images[3].name.clear();
    const auto downloads = newRun();
    const auto path =
        await(downloads->saveZip(m_target->path(), u"boats.zip"_s, images, Copy::Highres));
    VERIFY_OK(path);
    QCOMPARE(*path, m_target->filePath(u"boats.zip"_s));
    QCOMPARE(everything(), QStringList{u"boats.zip"_s});
    QCOMPARE(m_server->addresses(), 5);
    QCOMPARE(downloads->transfers().size(), 1);
    QCOMPARE(downloads->transfers().first().state, State::Done);

    QProcess reader; // somebody else's eyes
    reader.start(u"python3"_s,
                 {u"-c"_s,
                  u"import sys,zipfile,hashlib\n"
                  "z=zipfile.ZipFile(sys.argv[1])\n"
                  "assert z.testzip() is None\n"
                  "print(len(set(hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist())))\n"
                  "print('|'.join(sorted(n.casefold() for n in z.namelist())))"_s,
                  *path});
    QVERIFY(reader.waitForFinished());
    const QStringList lines = QString::fromUtf8(reader.readAllStandardOutput()).split(u'\n');
    QVERIFY2(lines.size() > 1, reader.readAllStandardError().constData());
    QCOMPARE(lines[0], u"1"_s);
    QCOMPARE(lines[1], u"3.jpg|boat (2).jpg|boat (3).jpg|boat.jpg|böötchen ⛵.jpg"_s);
}

void TestZipDownloads::zipIsWholeOrNotThere()
{
    const auto downloads = newRun();
    m_server->troubled = {u"5"_s};
    const auto path = await(save(*downloads));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, ErrorKind::Unavailable);
    QVERIFY(visible().isEmpty());
    m_server->troubled.clear();
    const auto before = m_server->bodies();
    downloads->retry(downloads->transfers().first().key);
    QTRY_COMPARE(downloads->transfers().first().state, State::Done);
    QCOMPARE(everything(), QStringList{u"boats.zip"_s});
    QCOMPARE(m_server->bodies(), before + 1);
    QCOMPARE(m_server->addresses(), 6);
}

void TestZipDownloads::oneThatIsGoneCostsNoOther()
{
    m_server->gone = {u"5"_s};
    auto first = newRun();
    const auto path = await(save(*first));
    QVERIFY(!path);
    QCOMPARE(path.error().kind, ErrorKind::NotFound);
    QVERIFY(visible().isEmpty());
    const QString key = first->transfers().first().key;

    m_server->gone.clear();
    first->retry(key);
    QTRY_COMPARE(first->transfers().first().state, State::Done);
    QCOMPARE(m_server->bodies(u"0"_s), 1);
    QCOMPARE(everything(), QStringList{u"boats.zip"_s});
}

std::unique_ptr<Downloads> TestZipDownloads::heldAtTheEnd()
{
    besideTheZip = -1;
    holdsTheZip = true;
    auto run = newRun();
    save(*run);
    [&] { QTRY_VERIFY(besideTheZip >= 0); }();
    return run;
}

void TestZipDownloads::finishedAsTheWindowClosesIsNotFetchedAgain()
{
    auto first = heldAtTheEnd();
    holdsTheZip = false;
    first.reset();
    QCOMPARE(everything(), QStringList{u"boats.zip"_s});
    const auto second = newRun();
    VERIFY_OK(await(second->load()));
    QVERIFY(second->transfers().isEmpty());
}

void TestZipDownloads::cancelledAsTheWindowClosesStaysAway()
{
    auto first = heldAtTheEnd();
    protocol::Image other = boats(1).first();
    other.id = u"9"_s;
    first->saveInto(m_target->path(), other, Copy::Highres);
    QCOMPARE(first->transfers().size(), 2);
    first->cancel(first->transfers().last().key);
    holdsTheZip = false;
    first.reset();
    const auto second = newRun();
    VERIFY_OK(await(second->load()));
    QVERIFY(second->transfers().isEmpty());
    QCOMPARE(everything(), QStringList{u"boats.zip"_s});
}

void TestZipDownloads::anotherRunGoesOn()
{
    breakOff();
    auto second = newRun();
    VERIFY_OK(await(second->load()));
    QCOMPARE(second->transfers().size(), 1);
    QCOMPARE(second->transfers().first().name, u"boats.zip"_s);
    second->goOn();
    QTRY_COMPARE(second->transfers().first().state, State::Done);
    verifyWhole();
    second.reset();

    const auto third = newRun();
    VERIFY_OK(await(third->load()));
    QVERIFY(third->transfers().isEmpty());
}

void TestZipDownloads::theSameAskedForAgainGoesOn()
{
    breakOff();
    const auto second = newRun();
    VERIFY_OK(await(save(*second)));
    verifyWhole();
}

void TestZipDownloads::otherImagesAreAnotherZip()
{
    breakOff();
    const auto second = newRun();
    VERIFY_OK(await(second->saveZip(m_target->path(), u"boats.zip"_s, boats(2), Copy::Highres)));
    QCOMPARE(m_server->addresses(), 8);
    QVERIFY(QFileInfo(m_target->filePath(u"boats.zip"_s)).size() < 3 * kBytes);
}

void TestZipDownloads::lostPartComesAgain()
{
    breakOff();
    QVERIFY(QFile::remove(folder() + "/1"_L1));
    const auto second = newRun();
    VERIFY_OK(await(save(*second)));
    QCOMPARE(m_server->bodies(u"1"_s), 2);
    QCOMPARE(m_server->bodies(u"2"_s), 1);
    QCOMPARE(m_server->addresses(), 6);
}

void TestZipDownloads::littleRoomIsEnough_data()
{
    QTest::addColumn<bool>("isLittle");
    QTest::addColumn<qsizetype>("beside");
    QTest::newRow("room for parts and zip") << false << qsizetype(6);
    QTest::newRow("each part gives way to the zip") << true << qsizetype(0);
}

void TestZipDownloads::littleRoomIsEnough()
{
    QFETCH(const bool, isLittle);
    hasLittleRoom = isLittle;
    const auto restore = qScopeGuard([] { hasLittleRoom = false; });
    besideTheZip = -1;
    const auto downloads = newRun();
    VERIFY_OK(await(save(*downloads)));
    QTEST(qsizetype(besideTheZip), "beside");
    QCOMPARE(everything(), QStringList{u"boats.zip"_s});
    QVERIFY(QFileInfo(m_target->filePath(u"boats.zip"_s)).size() > 6 * kBytes);
    QCOMPARE(m_server->bodies(), 6);
}

void TestZipDownloads::cancelledLeavesNothing()
{
    breakOff();
    auto second = newRun();
    VERIFY_OK(await(second->load()));
    second->cancel(second->transfers().first().key);
    QTRY_VERIFY(everything().isEmpty());
    second.reset();
    const auto third = newRun();
    VERIFY_OK(await(third->load()));
    QVERIFY(third->transfers().isEmpty());
}

void TestZipDownloads::forgottenAccountLeavesNothing()
{
    breakOff();
    const auto second = newRun();
    VERIFY_OK(await(second->clearLeft()));
    QVERIFY(everything().isEmpty());
}

void TestZipDownloads::zipOfAnEarlierVersionIsClearedAway()
{
    breakOff();
    {
        SQLite::Database database((m_account->path() + "/downloads.db"_L1).toStdString(),
                                  SQLite::OPEN_READWRITE);
        database.exec("DROP TABLE zip_item; PRAGMA user_version = 1");
    }
    const auto second = newRun();
    VERIFY_OK(await(second->load()));
    QTRY_VERIFY(everything().isEmpty());
    QVERIFY(second->transfers().isEmpty());
}

QTEST_GUILESS_MAIN(TestZipDownloads)
#include "tst_zipdownloads.moc"
