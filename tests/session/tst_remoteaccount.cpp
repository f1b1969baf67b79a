// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/remoteaccount.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/oauthgallery.h"
#include "tests/support/standin.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace vitrine;
using namespace Qt::StringLiterals;
using access::Credential;
using access::PersonToken;
using access::Secret;
using session::RemoteAccount;
using test::await;

namespace {

PersonToken token(const QByteArray& email, int until)
{
    const QByteArray claims =
        R"({"email":")" + email + R"(","exp":)" + QByteArray::number(until) + '}';
    return {Secret("e30." +
                   claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) +
                   ".c2ln")};
}

} // namespace

/// A sign-in that the server does not take any longer, or soon will not.
class RemoteAccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renewalIsOfThePersonAndNewer_data();
    void renewalIsOfThePersonAndNewer();
    void anOAuthTokenBringsTheNext();
    void twoWhoRenewAtOnceGetTheSame();
    void whatAnotherProcessRenewedIsTaken();
    void twoProcessesRenewOnce();
    void whoWaitsForItsTurnDoesNotAsk();
    void whatAnotherProcessHasIsGoneOnFrom();
    void whoSignsOutMeanwhileStaysOut_data();
    void whoSignsOutMeanwhileStaysOut();
    void whoSignsInMeanwhileStaysIn_data();
    void whoSignsInMeanwhileStaysIn();
    void aRenewedTokenOutlivesALockedKeyring();
    void aRenewedTokenIsKeptByTheNextToOpen();
    void aRenewedTokenThatWasNotKeptIsNobodyElses();
    void whoSignedOutElsewhereStaysOut();
    void aLostRenewalIsNoRefusal();

private:
    access::OAuthToken signIn();
    std::unique_ptr<RemoteAccount> opened();
    std::unique_ptr<RemoteAccount> openedByAnother();
    QString turnFile() const { return m_directory.filePath(u"account/renewal.lock"_s); }
    Credential kept() const { return m_keyring.entries.value(u"some-id"_s); }

    test::OAuthGallery m_gallery;
    test::SharedKeyring m_keyring;
    test::KeyringDouble m_tokens{m_keyring};
    QTemporaryDir m_directory;
    QTimer m_heart;
};

void RemoteAccountTest::renewalIsOfThePersonAndNewer_data()
{
    QTest::addColumn<Credential>("kept");
    QTest::addColumn<PersonToken>("had");
    QTest::addColumn<bool>("isRenewed");
    const PersonToken ada = token("ada@example.org", 1000);
    QTest::newRow("newer") << Credential(ada) << token("ada@example.org", 2000) << true;
    QTest::newRow("the same") << Credential(ada) << ada << false;
    QTest::newRow("somebody else's") << Credential(ada) << token("eve@example.org", 2000) << false;
    QTest::newRow("a service token stays one")
        << Credential(access::ServiceToken{u"id"_s, Secret("secret")})
        << token("ada@example.org", 2000) << false;
    QTest::newRow("a guest stays one") << Credential() << ada << false;
}

void RemoteAccountTest::renewalIsOfThePersonAndNewer()
{
    QFETCH(Credential, kept);
    QFETCH(PersonToken, had);
    QFETCH(bool, isRenewed);
    test::SharedKeyring keyring;
    test::KeyringDouble tokens(keyring);
    const session::Account account{u"some-id"_s, u"tower"_s, QUrl(u"https://photos.example.org"_s)};
    keyring.entries.insert(account.id, kept);
    RemoteAccount remote(
        account, tokens, turnFile(),
        test::standIn(m_directory.path(), u"cloudflared"_s, "echo " + had.jwt.reveal()));
    const auto wayIn = await(remote.openAfresh());
    QCOMPARE(wayIn.has_value(), isRenewed);
    if (!wayIn)
        QCOMPARE(wayIn.error().kind, ErrorKind::SignInRequired);
    QVERIFY(keyring.entries.value(account.id) == (isRenewed ? Credential(had) : kept));
}

access::OAuthToken RemoteAccountTest::signIn()
{
    api::ManagedOAuth oauth;
    const auto token = await(oauth.signIn(m_gallery.url(), [this](const QUrl& page) {
        m_gallery.visit(page);
        return true;
    }));
    return token.value();
}

/// With a sign-in of its own, which it has given out.
std::unique_ptr<RemoteAccount> RemoteAccountTest::opened()
{
    const session::Account account{u"some-id"_s, u"tower"_s, m_gallery.url()};
    m_keyring = {};
    m_keyring.entries.insert(account.id, signIn());
    return openedByAnother();
}

/// With what is in the keyring, as another process of the account.
std::unique_ptr<RemoteAccount> RemoteAccountTest::openedByAnother()
{
    const session::Account account{u"some-id"_s, u"tower"_s, m_gallery.url()};
    auto remote = std::make_unique<RemoteAccount>(account, m_tokens, turnFile(), QString());
    return await(remote->open()) ? std::move(remote) : nullptr;
}

void RemoteAccountTest::anOAuthTokenBringsTheNext()
{
    const auto remote = opened();
    const Credential first = kept();
    for (int i = 0; i < 2; ++i) {
        m_gallery.expire();
        const auto wayIn = await(remote->openAfresh());
        VERIFY_OK(wayIn);
        const auto& token = std::get<access::OAuthToken>(wayIn->credential);
        QCOMPARE(token.accessToken.reveal(), m_gallery.accessToken());
        QVERIFY(wayIn->credential == kept() && kept() != first);
    }
    m_gallery.mood.refusesRenewal = true;
    QCOMPARE(await(remote->openAfresh()).error().kind, ErrorKind::SignInRequired);
    m_gallery.mood = {};
}

void RemoteAccountTest::twoWhoRenewAtOnceGetTheSame()
{
    const auto remote = opened();
    const auto one = remote->openAfresh();
    const auto other = remote->openAfresh();
    VERIFY_OK(await(one));
    VERIFY_OK(await(other));
    QVERIFY(one.result()->credential == other.result()->credential);
}

void RemoteAccountTest::whatAnotherProcessRenewedIsTaken()
{
    const auto remote = opened();
    const auto other = opened();
    m_gallery.mood.life = 7200;
    VERIFY_OK(await(other->openAfresh()));
    m_gallery.mood.refusesRenewal = true; // as to whoever comes with a token that was used
    const auto wayIn = await(remote->openAfresh());
    m_gallery.mood = {};
    VERIFY_OK(wayIn);
    QVERIFY(wayIn->credential == kept());
}

void RemoteAccountTest::twoProcessesRenewOnce()
{
    const auto remote = opened();
    const auto other = openedByAnother();
    const int before = m_gallery.renewals();
    m_gallery.expire();
    const auto one = remote->openAfresh();
    const auto two = other->openAfresh();
    VERIFY_OK(await(one));
    VERIFY_OK(await(two));
    QVERIFY(one.result()->credential == kept());
    QVERIFY(two.result()->credential == kept());
    QCOMPARE(m_gallery.renewals(), before + 1);
    VERIFY_OK(await(other->openAfresh())); // the turn was given back
    VERIFY_OK(await(remote->openAfresh()));
}

void RemoteAccountTest::whoWaitsForItsTurnDoesNotAsk()
{
    const auto remote = opened();
    const int before = m_gallery.renewals();
    auto turn = FileLock::tryLock(turnFile());
    if (!turn) { // nobody has renewed yet
        QVERIFY(QDir().mkpath(m_directory.filePath(u"account"_s)));
        turn = FileLock::tryLock(turnFile());
    }
    VERIFY_OK(turn);
    const auto wayIn = remote->openAfresh();
    QSignalSpy beats(&m_heart, &QTimer::timeout);
    m_heart.start(1);
    QTRY_VERIFY(beats.size() > 300); // the thread does other things meanwhile
    QVERIFY(!wayIn.isFinished());
    QCOMPARE(m_gallery.renewals(), before);
    {
        const FileLock over = *std::move(turn);
    }
    VERIFY_OK(await(wayIn));
    QCOMPARE(m_gallery.renewals(), before + 1);
}

// A token that another process left long ago is over, too, but not what brings the next one.
void RemoteAccountTest::whatAnotherProcessHasIsGoneOnFrom()
{
    const auto remote = opened();
    const auto other = openedByAnother();
    m_gallery.mood.life = 1;
    VERIFY_OK(await(other->openAfresh()));
    const QDateTime until = std::get<access::OAuthToken>(kept()).until;
    QTRY_VERIFY(QDateTime::currentDateTimeUtc() > until);
    m_gallery.mood = {};
    m_gallery.expire();
    const auto wayIn = await(remote->openAfresh());
    VERIFY_OK(wayIn);
    QCOMPARE(std::get<access::OAuthToken>(wayIn->credential).accessToken.reveal(),
             m_gallery.accessToken());
}

void RemoteAccountTest::whoSignsOutMeanwhileStaysOut_data()
{
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("in another process") << false;
    QTest::newRow("in this one, which opens it") << true;
}

void RemoteAccountTest::whoSignsOutMeanwhileStaysOut()
{
    QFETCH(bool, isOpened);
    const auto remote = opened();
    m_gallery.mood.renewing = [&] {
        m_keyring.entries.clear();
        if (isOpened)
            remote->open();
    };
    QCOMPARE(await(remote->openAfresh()).error().kind, ErrorKind::SignInRequired);
    m_gallery.mood = {};
    QVERIFY(kept() == Credential());
}

void RemoteAccountTest::whoSignsInMeanwhileStaysIn_data()
{
    whoSignsOutMeanwhileStaysOut_data();
}

void RemoteAccountTest::whoSignsInMeanwhileStaysIn()
{
    QFETCH(bool, isOpened);
    const auto remote = opened();
    const Credential theirs = token("eve@example.org", 2000);
    m_gallery.mood.renewing = [&] {
        m_keyring.entries.insert(u"some-id"_s, theirs);
        if (isOpened)
            remote->open();
    };
    const auto wayIn = await(remote->openAfresh());
    m_gallery.mood = {};
    VERIFY_OK(wayIn);
    QVERIFY(wayIn->credential == theirs);
    QVERIFY(kept() == theirs);
}

void RemoteAccountTest::aRenewedTokenOutlivesALockedKeyring()
{
    const auto remote = opened();
    m_keyring.writeTrouble = ErrorKind::KeyringLocked;
    const auto renewed = await(remote->openAfresh());
    VERIFY_OK(renewed);
    QVERIFY(!renewed->isKept);
    m_keyring.writeTrouble = {};
    const auto again = await(remote->openAfresh());
    VERIFY_OK(again);
    QVERIFY(again->isKept);
    QVERIFY(again->credential == kept());
}

// As after a line that was lost for a moment: what the keyring has is used up.
void RemoteAccountTest::aRenewedTokenIsKeptByTheNextToOpen()
{
    const auto remote = opened();
    m_keyring.writeTrouble = ErrorKind::KeyringLocked;
    const auto renewed = await(remote->openAfresh());
    VERIFY_OK(renewed);
    const auto meanwhile = await(remote->open());
    VERIFY_OK(meanwhile);
    QVERIFY(!meanwhile->isKept);
    QVERIFY(meanwhile->credential == renewed->credential);
    m_keyring.writeTrouble = {};
    const auto again = await(remote->open());
    VERIFY_OK(again);
    QVERIFY(again->isKept);
    QVERIFY(again->credential == renewed->credential);
    QVERIFY(again->credential == kept());
}

// Whoever has changed the keyring since has the last word.
void RemoteAccountTest::aRenewedTokenThatWasNotKeptIsNobodyElses()
{
    const auto remote = opened();
    m_keyring.writeTrouble = ErrorKind::KeyringLocked;
    VERIFY_OK(await(remote->openAfresh()));
    m_keyring.writeTrouble = {};
    const Credential theirs = token("eve@example.org", 2000);
    for (const Credential& changed : {theirs, Credential()}) {
        m_keyring.entries.insert(u"some-id"_s, changed);
        for (int i = 0; i < 2; ++i) {
            const auto wayIn = await(remote->open());
            VERIFY_OK(wayIn);
            QVERIFY(wayIn->credential == changed);
            QVERIFY(kept() == changed);
        }
    }
}

void RemoteAccountTest::whoSignedOutElsewhereStaysOut()
{
    const auto remote = opened();
    m_keyring.entries.clear();
    QCOMPARE(await(remote->openAfresh()).error().kind, ErrorKind::SignInRequired);
    const auto wayIn = await(remote->open());
    VERIFY_OK(wayIn);
    QVERIFY(wayIn->credential == Credential());
    QVERIFY(kept() == Credential());
}

void RemoteAccountTest::aLostRenewalIsNoRefusal()
{
    const auto remote = opened();
    const Credential before = kept();
    m_gallery.mood.tokenAnswer = "HTTP/1.1 503 Trouble\r\nContent-Length: 0\r\n\r\n";
    QCOMPARE(await(remote->openAfresh()).error().kind, ErrorKind::Unavailable);
    m_gallery.mood = {};
    QVERIFY(kept() == before);
    VERIFY_OK(await(remote->openAfresh()));
}

QTEST_GUILESS_MAIN(RemoteAccountTest)
#include "tst_remoteaccount.moc"
