// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/file.h"
#include "app/base/filelock.h"
#include "app/base/memoryfile.h"
#include "app/base/paths.h"
#include "tests/support/bareuser.h"
#include "tests/support/futures.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_directory.isValid()); }
    void whatCannotBeRead_data();
    void whatCannotBeRead();
    void heldFilesStayAsTheyAre();
    void namesThatAreNoTextAreFound();
    void writtenFilesAreReadBack();
    void whatDoesNotFitIsTold();
    void writtenFilesArePrivate();
    void writingReplacesWhole();
    void directoriesArePrivate();
    void lockIsExclusive();

private:
    QString path(const QString& name) const { return m_directory.filePath(name); }

    QTemporaryDir m_directory;
};

void TestFile::whatCannotBeRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorKind>("expected");
    QVERIFY(writeFile(path(u"large"_s), QByteArray(101, 'x')));
    QVERIFY(QFile(path(u"empty"_s)).open(QIODevice::WriteOnly));
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
    QVERIFY(QFile::link(path(u"loop"_s), path(u"loop"_s)));
    QTest::newRow("missing") << u"missing"_s << ErrorKind::NotFound;
    QTest::newRow("directory") << u"."_s << ErrorKind::NotARegularFile;
    QTest::newRow("pipe nobody writes to") << u"pipe"_s << ErrorKind::NotARegularFile;
    QTest::newRow("symlink loop") << u"loop"_s << ErrorKind::NotFound;
    QTest::newRow("empty") << u"empty"_s << ErrorKind::EmptyFile;
    QTest::newRow("over the limit") << u"large"_s << ErrorKind::TooLarge;
    QVERIFY(writeFile(path(u"forbidden"_s), "x"));
    QVERIFY(QFile::setPermissions(path(u"forbidden"_s), {}));
    QTest::newRow("no permission") << u"forbidden"_s << ErrorKind::PermissionDenied;
}

void TestFile::whatCannotBeRead()
{
    QFETCH(QString, name);
    QFETCH(ErrorKind, expected);
    const test::BareUser bare;
    const auto bytes = readFile(path(name), 100);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind, expected);
    const auto held = MemoryFile::copyOf(path(name), 100);
    QVERIFY(!held);
    QCOMPARE(held.error().kind, expected);
}

void TestFile::heldFilesStayAsTheyAre()
{
    const QByteArray bytes(300'000, 'x');
    VERIFY_OK(writeFile(path(u"held"_s), bytes));
    const auto held = MemoryFile::copyOf(path(u"held"_s), bytes.size());
    VERIFY_OK(held);
    QFile::resize(path(u"held"_s), 1);
    QCOMPARE(held->size(), bytes.size());
    QByteArray read(bytes.size(), Qt::Uninitialized);
    QVERIFY(readAt(held->number(), 0, read.data(), read.size()));
    QCOMPARE(read, bytes);
    QVERIFY(::pwrite(held->number(), "y", 1, 0) < 0);
    QVERIFY(::ftruncate(held->number(), 1) < 0);
}

void TestFile::namesThatAreNoTextAreFound()
{
    const QByteArray folder = QFile::encodeName(path(u"odd"_s)) + "\xe9";
    QCOMPARE(::mkdir(folder.constData(), 0700), 0);
    const QString shown = QFile::decodeName(folder + "/\xff.jpg");
    QCOMPARE(readFile(shown, 100).error().kind, ErrorKind::NotFound);
    VERIFY_OK(writeFile(path(u"one"_s), "one"));
    const QByteArray plain = QFile::encodeName(path(u"one"_s));
    QCOMPARE(::rename(plain.constData(), (folder + "/\xff.jpg").constData()), 0);
    QCOMPARE(readFile(shown, 100), QByteArray("one"));
    // Shown like the other: which of them is meant nobody knows.
    QCOMPARE(::symlink("\xff.jpg", (folder + "/\xfe.jpg").constData()), 0);
    QCOMPARE(readFile(shown, 100).error().kind, ErrorKind::NotFound);
    // But for one that is really called so.
    const QByteArray named = folder + "/\xef\xbf\xbd.jpg";
    QCOMPARE(::symlink("\xff.jpg", named.constData()), 0);
    QCOMPARE(readFile(shown, 100), QByteArray("one"));
}

void TestFile::writtenFilesAreReadBack()
{
    const QByteArray bytes("one\0two", 7);
    VERIFY_OK(writeFile(path(u"a"_s), bytes));
    const auto read = readFile(path(u"a"_s), 7);
    VERIFY_OK(read);
    QCOMPARE(*read, bytes);
}

// A limit to the size of files stands for the disk.
void TestFile::whatDoesNotFitIsTold()
{
    const Descriptor file(
        ::open(QFile::encodeName(path(u"full"_s)).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    struct rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit small = {50, before.rlim_max};
    const auto signalBefore = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    errno = 0;
    const bool isWritten = writeAt(file.number(), 0, QByteArray(100, 'x')); // the half of it is
    const int code = errno;
    ::setrlimit(RLIMIT_FSIZE, &before);
    (void)std::signal(SIGXFSZ, signalBefore);
    QVERIFY(!isWritten);
    QCOMPARE(fileError(code, {}).kind, ErrorKind::DiskFull);
}

void TestFile::writtenFilesArePrivate()
{
    VERIFY_OK(writeFile(path(u"secret"_s), "x"));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path(u"secret"_s)).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0600));
}

void TestFile::writingReplacesWhole()
{
    VERIFY_OK(writeFile(path(u"b"_s), QByteArray(1000, 'x')));
    VERIFY_OK(writeFile(path(u"b"_s), "short"));
    QCOMPARE(*readFile(path(u"b"_s), 1000), QByteArray("short"));
}

void TestFile::directoriesArePrivate()
{
    const QString deep = path(u"one/two/three"_s);
    VERIFY_OK(makePrivateDirectory(deep));
    for (const QString& made : {path(u"one"_s), path(u"one/two"_s), deep}) {
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(made).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0700));
    }
    QVERIFY(writeFile(path(u"file"_s), "x"));
    QVERIFY(!makePrivateDirectory(path(u"file/below"_s)));
}

void TestFile::lockIsExclusive()
{
    auto first = FileLock::tryLock(path(u"lock"_s));
    VERIFY_OK(first);
    const auto second = FileLock::tryLock(path(u"lock"_s));
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Busy);
    {
        const FileLock released = *std::move(first);
    }
    VERIFY_OK(FileLock::tryLock(path(u"lock"_s)));
}

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
