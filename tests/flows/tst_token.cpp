// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/sandbox.h"

#include <QDirIterator>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;
using test::await;

/// A token: issued at the first start, kept in the keyring where there is one, found there by the
/// next run, and in no file. Run as it is there is no keyring; tests/support/keyring.sh runs it
/// once more with a real one (VITRINE_KEYRING says so).
class TestToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRunGetsIn();

private:
    static bool hasKeyring() { return qEnvironmentVariableIsSet("VITRINE_KEYRING"); }
    void verifyNoFileHolds(const QByteArray& secret, const QString& directory);
};

void TestToken::verifyNoFileHolds(const QByteArray& secret, const QString& directory)
{
    QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(secret), qPrintable(file.fileName()));
    }
}

void TestToken::everyRunGetsIn()
{
    if (!hasKeyring())
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    const QTemporaryDir home;
    const SystemClock clock;
    const decoding::SandboxedPictureReader pictures{test::sandboxTerms()};
    const Paths paths{home.filePath(u"data"_s), home.filePath(u"cache"_s)};
    const std::shared_ptr<access::TokenStore> keyring = access::makeKeyringTokenStore();
    for (int run = 1; run <= 2; ++run) {
        Session session(paths, session::Account::local(), keyring, pictures, clock);
        session.start();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), Session::State::Online, 30'000);
        QCOMPARE(session.keepsSignIn(), hasKeyring());
    }
    if (!hasKeyring())
        return;
    const QString entry = u"local (%1)"_s.arg(paths.backend());
    const auto kept = await(keyring->read(entry));
    VERIFY_OK(kept);
    QVERIFY(std::holds_alternative<access::ServiceToken>(*kept));
    const auto token = std::get<access::ServiceToken>(*kept);
    QVERIFY(!token.clientSecret.isEmpty());
    verifyNoFileHolds(token.clientSecret.reveal(), home.path());
}

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
