// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/file.h"
#include "app/transfer/placefile.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;

class TestPlaceFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheNameIfItIsFree();
    void neverReplaces();
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

void TestPlaceFile::missingDirectoryIsAnError()
{
    const QString part = made("one");
    QVERIFY(!placeFile(part, m_directory.filePath(u"missing"_s), u"a.jpg"_s));
    QVERIFY(QFileInfo::exists(part));
}

QTEST_GUILESS_MAIN(TestPlaceFile)
#include "tst_placefile.moc"
