// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/remoteaccount.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/oauthgallery.h"
#include "tests/support/standin.h"

#include <QTemporaryDir>
#include <QTest>

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
    void aRenewedTokenOutlivesALockedKeyring();
    void whoSignedOutElsewhereStaysOut();
    void aLostRenewalIsNoRefusal();

private:
    access::OAuthToken signIn();
    std::unique_ptr<RemoteAccount> opened();
    Credential kept() const { return m_keyring.entries.value(u"some-id"_s); }

    test::OAuthGallery m_gallery;
    test::SharedKeyring m_keyring;
    test::KeyringDouble m_tokens{m_keyring};
    QTemporaryDir m_directory;
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
        account, tokens,
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
    auto remote = std::make_unique<RemoteAccount>(account, m_tokens, QString());
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

void RemoteAccountTest::whoSignedOutElsewhereStaysOut()
{
    const auto remote = opened();
    m_keyring.entries.clear();
    QCOMPARE(await(remote->openAfresh()).error().kind, ErrorKind::SignInRequired);
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
