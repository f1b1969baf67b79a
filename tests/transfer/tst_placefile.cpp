// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/file.h"
#include "app/transfer/placefile.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;

namespace {

/// What the file system of a memory card has no notion of.
bool isSimple = false;
bool takesNoColon = false;

bool isRefused(const char* path)
{
    return takesNoColon && std::strchr(path, ':') != nullptr;
}

int refuse(int code)
{
    errno = code;
    return -1;
}

} // namespace

// In place of the C library's.
extern "C" int renameat2(int from, const char* file, int to, const char* target,
                         unsigned int flags) noexcept
{
    if (isRefused(target) || (isSimple && flags != 0))
        return refuse(EINVAL);
    return int(::syscall(SYS_renameat2, from, file, to, target, flags));
}

extern "C" int link(const char* file, const char* target) noexcept
{
    return isSimple ? refuse(EPERM)
                    : int(::syscall(SYS_linkat, AT_FDCWD, file, AT_FDCWD, target, 0));
}

extern "C" int open(const char* path, int flags, ...)
{
    if (isRefused(path))
        return refuse(EINVAL);
    return int(::syscall(SYS_openat, AT_FDCWD, path, flags, 0600));
}

class TestPlaceFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheNameIfItIsFree();
    void neverReplaces();
    void cleanup();
    void simpleFileSystemsWillDo();
    void nameIsMadePortableWhereItMustBe();
    void missingDirectoryIsAnError();

private:
    QString made(const QByteArray& bytes)
    {
        return test::writeTo(m_directory.path(), u".part"_s, bytes);
    }

    QTemporaryDir m_directory;
};

void TestPlaceFile::takesTheNameIfItIsFree()
{
    const QString part = made("one");
    const auto placed = placeFile(part, m_directory.path(), u"free.jpg"_s);
    VERIFY_OK(placed);
    QCOMPARE(*placed, m_directory.filePath(u"free.jpg"_s));
    QCOMPARE(*readFile(*placed, 10), QByteArray("one"));
    QVERIFY(!QFileInfo::exists(part));
}

void TestPlaceFile::neverReplaces()
{
    for (const auto& [bytes, expected] :
         {std::pair("1", "taken.tar.gz"), std::pair("2", "taken.tar (2).gz"),
          std::pair("3", "taken.tar (3).gz")}) {
        const auto placed = placeFile(made(bytes), m_directory.path(), u"taken.tar.gz"_s);
        VERIFY_OK(placed);
        QCOMPARE(QFileInfo(*placed).fileName(), QString::fromLatin1(expected));
        QCOMPARE(*readFile(*placed, 10), QByteArray(bytes));
    }
    QCOMPARE(*readFile(m_directory.filePath(u"taken.tar.gz"_s), 10), QByteArray("1"));
}

void TestPlaceFile::cleanup()
{
    isSimple = false;
    takesNoColon = false;
}

void TestPlaceFile::simpleFileSystemsWillDo()
{
    isSimple = true;
    for (const auto& [bytes, expected] :
         {std::pair("1", "card.jpg"), std::pair("2", "card (2).jpg")}) {
        const QString part = made(bytes);
        const auto placed = placeFile(part, m_directory.path(), u"card.jpg"_s);
        VERIFY_OK(placed);
        QCOMPARE(QFileInfo(*placed).fileName(), QString::fromLatin1(expected));
        QCOMPARE(*readFile(*placed, 10), QByteArray(bytes));
        QVERIFY(!QFileInfo::exists(part));
    }
    QCOMPARE(*readFile(m_directory.filePath(u"card.jpg"_s), 10), QByteArray("1"));
}

void TestPlaceFile::nameIsMadePortableWhereItMustBe()
{
    const auto kept = placeFile(made("one"), m_directory.path(), u"Boat 12:30.jpg"_s);
    VERIFY_OK(kept);
    QCOMPARE(QFileInfo(*kept).fileName(), u"Boat 12:30.jpg"_s);
    isSimple = true;
    takesNoColon = true;
    const auto placed = placeFile(made("two"), m_directory.path(), u"Boat 12:31.jpg"_s);
    VERIFY_OK(placed);
    QCOMPARE(QFileInfo(*placed).fileName(), u"Boat 12_31.jpg"_s);
    QCOMPARE(*readFile(*placed, 10), QByteArray("two"));
}

void TestPlaceFile::missingDirectoryIsAnError()
{
    const QString part = made("one");
    QVERIFY(!placeFile(part, m_directory.filePath(u"missing"_s), u"a.jpg"_s));
    QVERIFY(QFileInfo::exists(part));
}

QTEST_GUILESS_MAIN(TestPlaceFile)
#include "tst_placefile.moc"
