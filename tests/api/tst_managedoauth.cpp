// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/managedoauth.h"
#include "app/base/messages.h"
#include "tests/support/futures.h"
#include "tests/support/oauthgallery.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using access::OAuthToken;
using api::ManagedOAuth;
using test::await;
using test::OAuthGallery;

namespace {

QByteArray s_logged;

void remember(QtMsgType, const QMessageLogContext&, const QString& message)
{
    s_logged += message.toUtf8() + '\n';
}

using Mood = void (*)(OAuthGallery&);

// RFC 9207
const QJsonObject kSigned{{u"authorization_response_iss_parameter_supported"_s, true}};

} // namespace

/// A person's sign-in in the browser, from a gallery that tells who signs its people in.
class ManagedOAuthTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aPersonSignsIn_data();
    void aPersonSignsIn();
    void anIssuerMaySayThatItIsItself_data();
    void anIssuerMaySayThatItIsItself();
    void whatGoesWrongIsSaid_data();
    void whatGoesWrongIsSaid();
    void whoComesBackFromAnotherSignInIsPassedOver_data();
    void whoComesBackFromAnotherSignInIsPassedOver();
    void aTokenEndpointLeadsNowhere();
    void whoDoesNotComeBackIsNotWaitedFor();
    void whoDoesNotWantToIsNotWaitedFor();
    void noBrowserIsNoSignIn();
    void theNextTokenIsBrought_data();
    void theNextTokenIsBrought();
    void aRefusedRenewalWantsThePerson();
    void aLostRenewalIsNoRefusal();
    void nothingOfItIsToldToOthers();

private:
    Result<OAuthToken> signIn();
    bool isTold(const QByteArray& text) const;

    std::unique_ptr<OAuthGallery> m_gallery;
    QList<QUrl> m_pages; ///< that the browser was sent to
};

void ManagedOAuthTest::init()
{
    m_gallery = std::make_unique<OAuthGallery>();
    m_pages.clear();
}

Result<OAuthToken> ManagedOAuthTest::signIn()
{
    ManagedOAuth oauth;
    return await(oauth.signIn(m_gallery->url(), [this](const QUrl& page) {
        m_pages.append(page);
        m_gallery->visit(page);
        return true;
    }));
}

void ManagedOAuthTest::aPersonSignsIn_data()
{
    QTest::addColumn<bool>("isNamed");
    QTest::newRow("what is guarded says where") << true;
    QTest::newRow("where it always is") << false;
}

void ManagedOAuthTest::aPersonSignsIn()
{
    QFETCH(bool, isNamed);
    m_gallery->mood.namesMetadataIn401 = isNamed;
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const auto token = signIn();
    VERIFY_OK(token);
    QCOMPARE(token->accessToken.reveal(), m_gallery->accessToken());
    QCOMPARE(token->refreshToken.reveal(), m_gallery->refreshToken());
    QCOMPARE(token->tokenEndpoint, m_gallery->url(u"/token"_s));
    QVERIFY(!token->clientId.isEmpty());
    QVERIFY(token->until >= before.addSecs(3600 - 1));
    QVERIFY(token->until <= QDateTime::currentDateTimeUtc().addSecs(3600));
    QCOMPARE(m_pages.size(), 1);
}

void ManagedOAuthTest::anIssuerMaySayThatItIsItself_data()
{
    QTest::addColumn<bool>("isPromised");
    QTest::newRow("as it promised") << true;
    QTest::newRow("unasked") << false;
}

void ManagedOAuthTest::anIssuerMaySayThatItIsItself()
{
    QFETCH(bool, isPromised);
    if (isPromised)
        m_gallery->mood.changedMetadata = kSigned;
    m_gallery->mood.issuer = QByteArray(m_gallery->url().toEncoded()).toPercentEncoding();
    VERIFY_OK(signIn());
}

void ManagedOAuthTest::whatGoesWrongIsSaid_data()
{
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Cause>("cause");
    const auto row = [](const char* name, ErrorKind kind, Cause cause, Mood mood) {
        QTest::newRow(name) << mood << kind << cause;
    };
    const auto http = [](const char* head, const QByteArray& body) {
        return "HTTP/1.1 " + QByteArray(head) +
               "\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\nConnection: close\r\n\r\n" + body;
    };
    using enum ErrorKind;
    row("denied", SignInRequired, Cause::NotAllowed,
        [](auto& g) { g.mood.refusal = "error=access_denied"; });
    row("another issuer", BadAnswer, Cause::Unknown,
        [](auto& g) { g.mood.issuer = "https%3A%2F%2Fevil.example"; });
    row("another issuer that promises to say so", BadAnswer, Cause::Unknown, [](auto& g) {
        g.mood.changedMetadata = kSigned;
        g.mood.issuer = "https%3A%2F%2Fevil.example";
    });
    row("no issuer against its promise", BadAnswer, Cause::Unknown,
        [](auto& g) { g.mood.changedMetadata = kSigned; });
    row("denied by nobody knows whom", BadAnswer, Cause::Unknown, [](auto& g) {
        g.mood.changedMetadata = kSigned;
        g.mood.refusal = "error=access_denied";
    });
    row("denied by another issuer", BadAnswer, Cause::Unknown, [](auto& g) {
        g.mood.issuer = "https%3A%2F%2Fevil.example";
        g.mood.refusal = "error=access_denied";
    });
    row("the issuer and another", BadAnswer, Cause::Unknown,
        [](auto& g) { g.mood.issuer = g.url().toEncoded() + "&iss=https%3A%2F%2Fevil.example"; });
    row("the issuer's neighbour", BadAnswer, Cause::Unknown,
        [](auto& g) { g.mood.issuer = g.url().toEncoded() + '/'; });
    row("refused in words", Rejected, Cause::Unknown,
        [](auto& g) { g.mood.refusal = "error=server_error&error_description=Closed%20today."; });
    row("no code", BadAnswer, Cause::Unknown, [](auto& g) { g.mood.refusal = "x=y"; });
    row("two codes", BadAnswer, Cause::Unknown, [](auto& g) { g.mood.refusal = "code=a&code=b"; });
    row("expired code", SignInRequired, Cause::Expired,
        [](auto& g) { g.mood.areCodesOver = true; });
    row("no metadata", Unsupported, Cause::NoBrowserSignIn,
        [](auto& g) { g.mood.tellsOfItself = false; });
    row("no strangers", Unsupported, Cause::NoBrowserSignIn,
        [](auto& g) { g.mood.takesStrangers = false; });
    row("metadata of nobody", BadAnswer, Cause::Unknown, [](auto& g) {
        g.mood.changedMetadata = {{u"issuer"_s, u"https://evil.example"_s}};
    });
    row("metadata lead elsewhere", BadAnswer, Cause::Unknown, [](auto& g) {
        g.mood.changedMetadata = {{u"token_endpoint"_s, u"https://evil.example/token"_s}};
    });
    row("an issuer elsewhere", BadAnswer, Cause::Unknown, [](auto& g) {
        g.mood.changedResource = {
            {u"authorization_servers"_s, QJsonArray{u"https://evil.example"_s}}};
    });
    static const QByteArray trouble = http("503 Trouble", "busy");
    row("trouble", Unavailable, Cause::Unknown, [](auto& g) { g.mood.tokenAnswer = trouble; });
    static const QByteArray page = http("200 OK\r\nContent-Type: text/html", "<html>");
    row("a page", BadAnswer, Cause::Unknown, [](auto& g) { g.mood.tokenAnswer = page; });
    static const QByteArray otherKind = http("200 OK\r\nContent-Type: application/json",
                                             R"({"access_token":"a","token_type":"mac"})");
    row("another kind", BadAnswer, Cause::Unknown, [](auto& g) { g.mood.tokenAnswer = otherKind; });
    static const QByteArray endless =
        http("200 OK\r\nContent-Type: application/json", QByteArray(10'000'000, ' '));
    row("endless", BadAnswer, Cause::Unknown, [](auto& g) { g.mood.tokenAnswer = endless; });
}

void ManagedOAuthTest::whatGoesWrongIsSaid()
{
    QFETCH(Mood, mood);
    mood(*m_gallery);
    const auto token = signIn();
    QVERIFY(!token);
    QTEST(token.error().kind, "kind");
    QTEST(token.error().cause, "cause");
    QVERIFY(!messageFor(token.error()).isEmpty());
    QVERIFY(m_gallery->accessToken().isEmpty());
}

void ManagedOAuthTest::whoComesBackFromAnotherSignInIsPassedOver_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("with a code") << QByteArray();
    QTest::newRow("refused") << QByteArray("error=access_denied");
}

// Any page that this machine shows can send a browser back here: the person's own still comes.
void ManagedOAuthTest::whoComesBackFromAnotherSignInIsPassedOver()
{
    QFETCH(QByteArray, refusal);
    ManagedOAuth oauth;
    m_gallery->mood.state = "guessed";
    m_gallery->mood.refusal = refusal;
    const auto token = oauth.signIn(m_gallery->url(), [this](const QUrl& page) {
        m_pages.append(page);
        return true;
    });
    QTRY_COMPARE(m_pages.size(), 1);
    const QByteArray answer = m_gallery->cameBack(m_pages.first());
    QVERIFY(answer.contains("another sign-in"));
    QVERIFY(!answer.contains("guessed"));
    QVERIFY(!token.isFinished());
    m_gallery->mood = {};
    m_gallery->visit(m_pages.first());
    VERIFY_OK(await(token));
}

// A code that followed a redirect could be exchanged by whoever it led to.
void ManagedOAuthTest::aTokenEndpointLeadsNowhere()
{
    test::ReplayServer other;
    other.answer(200, "application/json", R"({"access_token":"a","token_type":"bearer"})");
    m_gallery->mood.tokenAnswer =
        "HTTP/1.1 307 Away\r\nLocation: " + other.url(u"/token"_s).toEncoded() +
        "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    QCOMPARE(signIn().error().kind, ErrorKind::BadAnswer);
    QVERIFY(other.requests().isEmpty());
}

void ManagedOAuthTest::whoDoesNotComeBackIsNotWaitedFor()
{
    ManagedOAuth oauth;
    const auto token = await(oauth.signIn(
        m_gallery->url(), [](const QUrl&) { return true; }, 1ms));
    QCOMPARE(token.error().kind, ErrorKind::TimedOut);
    QCOMPARE(token.error().cause, Cause::SignInUnfinished);
}

void ManagedOAuthTest::whoDoesNotWantToIsNotWaitedFor()
{
    ManagedOAuth oauth;
    const auto stop = [&](const QUrl& page) {
        m_pages.append(page);
        QMetaObject::invokeMethod(&oauth, &ManagedOAuth::stop, Qt::QueuedConnection);
        return true;
    };
    QCOMPARE(await(oauth.signIn(m_gallery->url(), stop)).error().kind, ErrorKind::Cancelled);
    m_gallery->visit(m_pages.first()); // nobody is there any more
    QTRY_COMPARE(m_gallery->visits(), 1);
    VERIFY_OK(signIn());
}

void ManagedOAuthTest::noBrowserIsNoSignIn()
{
    ManagedOAuth oauth;
    const auto token = await(oauth.signIn(m_gallery->url(), [](const QUrl&) { return false; }));
    QCOMPARE(token.error().kind, ErrorKind::Unsupported);
    QCOMPARE(token.error().cause, Cause::NoBrowserSignIn);
}

void ManagedOAuthTest::theNextTokenIsBrought_data()
{
    QTest::addColumn<bool>("rotates");
    QTest::newRow("each refresh token is good once") << true;
    QTest::newRow("one for all") << false;
}

void ManagedOAuthTest::theNextTokenIsBrought()
{
    QFETCH(bool, rotates);
    m_gallery->mood.rotates = rotates;
    const auto first = signIn();
    VERIFY_OK(first);
    ManagedOAuth oauth;
    const auto second = await(oauth.renew(*first));
    VERIFY_OK(second);
    QVERIFY(second->accessToken != first->accessToken);
    QCOMPARE(second->refreshToken != first->refreshToken, rotates);
    QCOMPARE(second->clientId, first->clientId);
    const auto third = await(oauth.renew(*second));
    VERIFY_OK(third);
    QCOMPARE(third->accessToken.reveal(), m_gallery->accessToken());
    QCOMPARE(await(oauth.renew(*first)).has_value(), !rotates);
    QCOMPARE(m_gallery->visits(), 1);
}

void ManagedOAuthTest::aRefusedRenewalWantsThePerson()
{
    auto token = signIn();
    VERIFY_OK(token);
    m_gallery->mood.refusesRenewal = true;
    ManagedOAuth oauth;
    const auto next = await(oauth.renew(*token));
    QCOMPARE(next.error().kind, ErrorKind::SignInRequired);
    QCOMPARE(next.error().cause, Cause::Expired);
    token->refreshToken = {};
    const auto asked = m_gallery->requests().size();
    QCOMPARE(await(oauth.renew(*token)).error().kind, ErrorKind::SignInRequired);
    QCOMPARE(m_gallery->requests().size(), asked);
}

void ManagedOAuthTest::aLostRenewalIsNoRefusal()
{
    const auto token = signIn();
    VERIFY_OK(token);
    m_gallery.reset();
    ManagedOAuth oauth;
    QCOMPARE(await(oauth.renew(*token)).error().kind, ErrorKind::Network);
}

// Not in an address, which histories and logs keep, and in no log of ours.
void ManagedOAuthTest::nothingOfItIsToldToOthers()
{
    s_logged.clear();
    QLoggingCategory::setFilterRules(u"*=true"_s);
    const auto before = qInstallMessageHandler(remember);
    const auto token = signIn();
    const auto next = await(ManagedOAuth().renew(token.value_or(OAuthToken())));
    const auto usedUp = await(ManagedOAuth().renew(token.value_or(OAuthToken())));
    m_gallery->mood.areCodesOver = true;
    const auto tooLate = signIn();
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});
    VERIFY_OK(token);
    VERIFY_OK(next);
    QVERIFY(!usedUp);
    QVERIFY(!tooLate);
    QVERIFY(s_logged.contains("/register")); // we did listen
    QVERIFY(m_gallery->secrets().size() >= 8);
    for (const QByteArray& secret : m_gallery->secrets())
        QVERIFY(!isTold(secret));
}

bool ManagedOAuthTest::isTold(const QByteArray& text) const
{
    QByteArray told = s_logged;
    for (const QUrl& page : m_pages)
        told += page.toEncoded() + '\n';
    for (const auto& request : m_gallery->requests())
        told += request.target() + '\n';
    return told.contains(text) || told.contains(text.toPercentEncoding());
}

QTEST_GUILESS_MAIN(ManagedOAuthTest)
#include "tst_managedoauth.moc"
