// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/cloudflared.h"
#include "tests/support/futures.h"
#include "tests/support/standin.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::access;
using namespace Qt::StringLiterals;
using test::await;

namespace {

constexpr char kToken[] = "eyJhbGciOiJSUzI1NiJ9.eyJlbWFpbCI6ImFkYUBleGFtcGxlLm9yZyJ9.c2ln";
const QUrl kGallery(u"https://photos.example.org"_s);

} // namespace

class CloudflaredTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPersonSignsIn();
    void whatItHasIsTaken();
    void whatGoesWrongIsSaid_data();
    void whatGoesWrongIsSaid();
    void nothingIsTheShells();
    void whoDoesNotWantToIsNotWaitedFor();
    void itEndsWithUs();

private:
    QString standIn(const QByteArray& script)
    {
        return test::standIn(m_directory.path(), u"cloudflared"_s, script);
    }
    QByteArray asked() const
    {
        QFile file(m_directory.filePath(u"asked"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_directory;
};

void CloudflaredTest::aPersonSignsIn()
{
    Cloudflared program(standIn(QByteArray("echo \"$@\" >> \"$(dirname \"$0\")/asked\"\n"
                                           "[ \"$2\" = login ] && echo Fetched: && exit 0\n"
                                           "echo ") +
                                kToken));
    QVERIFY(program.isThere());
    const auto token = await(program.signIn(kGallery));
    VERIFY_OK(token);
    QCOMPARE(token->jwt.reveal(), QByteArray(kToken));
    QCOMPARE(asked(), QByteArray("access login https://photos.example.org\n"
                                 "access token -app=https://photos.example.org\n"));
}

void CloudflaredTest::whatItHasIsTaken()
{
    Cloudflared program(standIn(QByteArray("echo careful >&2; echo ") + kToken));
    const auto token = await(program.token(kGallery));
    VERIFY_OK(token);
    QCOMPARE(token->jwt.reveal(), QByteArray(kToken));
}

void CloudflaredTest::whatGoesWrongIsSaid_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no token") << QByteArray("echo Unable to find token >&2; exit 1")
                              << ErrorKind::SignInRequired;
    QTest::newRow("killed") << QByteArray("kill -9 $$") << ErrorKind::SignInRequired;
    QTest::newRow("no words") << QByteArray("exit 0") << ErrorKind::BadAnswer;
    QTest::newRow("other words") << QByteArray("echo please log in") << ErrorKind::BadAnswer;
    QTest::newRow("very many") << QByteArray("head -c 1000000 /dev/zero") << ErrorKind::BadAnswer;
}

void CloudflaredTest::whatGoesWrongIsSaid()
{
    QFETCH(QByteArray, script);
    Cloudflared program(standIn(script));
    const auto token = await(program.token(kGallery));
    QVERIFY(!token);
    QTEST(token.error().kind, "kind");
    Cloudflared missing{QString()};
    QCOMPARE(await(missing.token(kGallery)).error().kind, ErrorKind::Unsupported);
    Cloudflared unusable(m_directory.path());
    QCOMPARE(await(unusable.token(kGallery)).error().kind, ErrorKind::Unsupported);
}

void CloudflaredTest::nothingIsTheShells()
{
    Cloudflared program(standIn("printf '%s' \"$3\" > \"$(dirname \"$0\")/asked\"\nexit 1"));
    const QUrl odd(u"https://photos.example.org/a;touch%20x$(reboot)"_s);
    QVERIFY(!await(program.token(odd)));
    QCOMPARE(asked(), QByteArray("-app=https://photos.example.org/a;touch%20x$(reboot)"));
}

void CloudflaredTest::whoDoesNotWantToIsNotWaitedFor()
{
    Cloudflared program(standIn("exec sleep 60"));
    const auto token = program.signIn(kGallery);
    program.stop();
    QCOMPARE(await(token).error().kind, ErrorKind::Cancelled);
}

void CloudflaredTest::itEndsWithUs()
{
    auto program = std::make_unique<Cloudflared>(
        standIn("echo $$ > \"$(dirname \"$0\")/asked\"\nexec sleep 60"));
    const auto token = program->token(kGallery);
    QTRY_VERIFY(asked().endsWith('\n') && asked().trimmed().toInt() > 0);
    const QString process = u"/proc/"_s + QString::fromLatin1(asked().trimmed());
    program.reset();
    QTRY_VERIFY(!QFile::exists(process));
    QVERIFY(token.isFinished());
}

QTEST_GUILESS_MAIN(CloudflaredTest)
#include "tst_cloudflared.moc"
