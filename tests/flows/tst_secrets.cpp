// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/witness.h"
#include "tests/support/pictures.h"
#include "tests/support/serverprocess.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace vitrine;
using namespace Qt::StringLiterals;

/// A day of the real programs with a real keyring (tests/support/keyring.sh): signed in, shared,
/// looked at, failed, crashed. The secret is in no file, no output, no command line, no
/// environment, and in nothing that anybody on the session bus can listen to.
class Secrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSecretIsNowhere();

private:
    void signIn(const test::ServerProcess& server);
    void crashWhileSending();
    void crashWhileLooking();

    const QString m_account = u"tower-"_s + qEnvironmentVariable("VITRINE_KEYRING");
    QTemporaryDir m_elsewhere; // what the server keeps is not searched: its ready file tells
    test::Witness m_witness;
};

void Secrets::signIn(const test::ServerProcess& server)
{
    const auto ctl = u"vitrinectl"_s;
    QCOMPARE(m_witness.run(ctl, {u"account"_s, u"add"_s, m_account, server.url().toString()}), 0);
    QCOMPARE(m_witness.run(ctl,
                           {u"account"_s, u"sign-in"_s, m_account, u"--client-id"_s,
                            server.clientId(), u"--client-secret-file"_s, u"-"_s},
                           server.clientSecret()),
             0);
}

// On its way with a picture that is sent slowly.
void Secrets::crashWhileSending()
{
    const QString picture =
        test::writeTo(m_elsewhere.path(), u"b.jpg"_s, test::jpeg(test::picture({900, 700}, 2)));
    const auto process = m_witness.start(u"vitrinectl"_s, {u"--account"_s, m_account, u"upload"_s,
                                                           picture, u"--limit-up"_s, u"1k"_s});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += m_witness.hear(*process)).contains("images"), 20'000);
    QVERIFY(m_witness.crash(*process));
}

// The window, once it has shown what only the owner sees.
void Secrets::crashWhileLooking()
{
    const auto process = m_witness.start(u"vitrine"_s, {u"--account"_s, m_account});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += m_witness.hear(*process)).contains("/api/admin/images"),
                             60'000);
    QVERIFY(m_witness.crash(*process));
}

void Secrets::theSecretIsNowhere()
{
    test::ServerProcess server(m_elsewhere.filePath(u"data"_s));
    server.start();
    const QByteArray secret = server.clientSecret();
    QVERIFY(secret.size() > 20);
    const QString picture =
        test::writeTo(m_elsewhere.path(), u"a.jpg"_s, test::jpeg(test::picture({300, 200}, 1)));
    const auto ctl = u"vitrinectl"_s;
    const QStringList account{u"--account"_s, m_account};

    signIn(server);
    QCOMPARE(m_witness.run(ctl, account + QStringList{u"upload"_s, picture}), 0);
    crashWhileSending();
    const QString shot = m_elsewhere.filePath(u"window.png"_s);
    m_witness.run(u"vitrine"_s, account + QStringList{u"--screenshot"_s, shot});
    QVERIFY(QFileInfo(shot).size() > 0);
    crashWhileLooking();
    QCOMPARE(m_witness.run(ctl, {u"account"_s, u"list"_s}), 0);
    server.kill();
    QCOMPARE(m_witness.run(ctl, account + QStringList{u"status"_s}), 1);

    QTRY_VERIFY(m_witness.hasHeardOfTheKeyring());
    QVERIFY(m_witness.hasSeen(server.clientId().toUtf8())); // that is no secret: we did look
    QCOMPARE(m_witness.placeOf(secret), QString());
}

QTEST_GUILESS_MAIN(Secrets)
#include "tst_secrets.moc"
