// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/multipartbody.h"
#include "tests/support/pictures.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;

class MultipartBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formIsAsServersWantIt();
    void sizeIsKnownBefore();
    void canBeReadAgain();
    void namesAreMadeSafe_data();
    void namesAreMadeSafe();
    void mediaTypeInjectsNoHeader();
    void onlyRegularFilesAreSent();
    void shrinkingFileIsTorn();

private:
    QTemporaryDir m_directory;
};

void MultipartBodies::formIsAsServersWantIt()
{
    const QString file = test::writeTo(m_directory.path(), u"a.jpg"_s, "JPEG BYTES");
    MultipartBody body;
    body.addField("alt", u"Zwei Boote\nim Häfchen"_s);
    body.addField("isPrivate", u"on"_s);
    QVERIFY(body.openFile("file", file, u"Böötchen ⛵.jpg"_s, u"image/jpeg"_s));
    const QByteArray type = body.contentType();
    QVERIFY(type.startsWith("multipart/form-data; boundary="));
    const QByteArray boundary = "--" + type.mid(type.indexOf('=') + 1);
    QVERIFY(!boundary.contains(';') && !boundary.contains('"') && boundary.size() <= 72);
    const QByteArray expected =
        boundary +
        "\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nZwei Boote\nim Häfchen\r\n" +
        boundary + "\r\nContent-Disposition: form-data; name=\"isPrivate\"\r\n\r\non\r\n" +
        boundary +
        "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Böötchen ⛵.jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\nJPEG BYTES\r\n" +
        boundary + "--\r\n";
    QCOMPARE(body.readAll(), expected);
}

void MultipartBodies::sizeIsKnownBefore()
{
    const QByteArray bytes(300'000, 'x');
    const QString file = test::writeTo(m_directory.path(), u"b.jpg"_s, bytes);
    MultipartBody body;
    body.addField("alt", u"é"_s);
    QVERIFY(body.openFile("file", file, u"b.jpg"_s, u"image/jpeg"_s));
    const qint64 size = body.size();
    QCOMPARE(body.readAll().size(), size);
    QVERIFY(body.atEnd());
    QVERIFY(!body.isTorn());
}

void MultipartBodies::canBeReadAgain()
{
    const QString file = test::writeTo(m_directory.path(), u"c.jpg"_s, QByteArray(50'000, 'c'));
    MultipartBody body;
    QVERIFY(body.openFile("file", file, u"c.jpg"_s, u"image/jpeg"_s));
    const QByteArray first = body.readAll();
    QVERIFY(body.reset());
    QCOMPARE(body.readAll(), first);
    QVERIFY(body.seek(first.size() / 2));
    QCOMPARE(body.readAll(), first.mid(first.size() / 2));
}

void MultipartBodies::namesAreMadeSafe_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("safe");
    QTest::newRow("plain") << u"holiday.jpg"_s << QByteArray("holiday.jpg");
    QTest::newRow("quote") << u"a\"b.jpg"_s << QByteArray("a%22b.jpg");
    QTest::newRow("line break") << u"a\r\nX-Evil: 1.jpg"_s << QByteArray("a%0D%0AX-Evil: 1.jpg");
    QTest::newRow("percent") << u"100%22.jpg"_s << QByteArray("100%22.jpg");
    QTest::newRow("backslash") << u"a\\.jpg"_s << QByteArray("a_.jpg");
    QTest::newRow("directory") << u"/etc/../b.jpg"_s << QByteArray("b.jpg");
    QTest::newRow("emoji") << u"⛵🏝.jpg"_s << QByteArray("⛵🏝.jpg");
    QTest::newRow("right-to-left override") << u"a\u202egpj.exe"_s << QByteArray("a_gpj.exe");
    QTest::newRow("isolate") << u"a\u2066b\u2069.jpg"_s << QByteArray("a_b_.jpg");
    QTest::newRow("NUL") << QString::fromUtf8("a\0b.jpg", 7) << QByteArray("a_b.jpg");
    QTest::newRow("half a character") << QString(QChar(0xd83d)) + u".jpg"_s << QByteArray("?.jpg");
    QTest::newRow("255 bytes") << QString(255, u'x') << QByteArray(255, 'x');
    QTest::newRow("nothing") << QString() << QByteArray("image");
    QTest::newRow("a directory only") << u"photos/"_s << QByteArray("image");
}

void MultipartBodies::namesAreMadeSafe()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, safe);
    QCOMPARE(safeFileName(name), safe);
}

void MultipartBodies::mediaTypeInjectsNoHeader()
{
    const QString file = test::writeTo(m_directory.path(), u"d.jpg"_s, "x");
    for (const QString& type : {u"image/jpeg\r\nX-Evil: 1"_s, QString(), u"picture"_s}) {
        MultipartBody body;
        QVERIFY(body.openFile("file", file, u"d.jpg"_s, type));
        QVERIFY(body.readAll().contains("Content-Type: application/octet-stream\r\n\r\nx\r\n"));
    }
}

void MultipartBodies::onlyRegularFilesAreSent()
{
    for (const QString& path : {m_directory.path(), m_directory.filePath(u"missing.jpg"_s)}) {
        MultipartBody body;
        QVERIFY(!body.openFile("file", path, u"x.jpg"_s, u"image/jpeg"_s));
    }
}

void MultipartBodies::shrinkingFileIsTorn()
{
    const QString path = test::writeTo(m_directory.path(), u"e.jpg"_s, QByteArray(100'000, 'e'));
    MultipartBody body;
    QVERIFY(body.openFile("file", path, u"e.jpg"_s, u"image/jpeg"_s));
    QVERIFY(QFile::resize(path, 10));
    QVERIFY(body.readAll().size() < body.size());
    QVERIFY(body.isTorn());
}

QTEST_GUILESS_MAIN(MultipartBodies)
#include "tst_multipartbody.moc"
