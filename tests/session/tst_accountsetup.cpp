// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/accountsetup.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/replayserver.h"
#include "tests/support/tlsfiles.h"

#include <QScopeGuard>
#include <QSslConfiguration>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::Account;
using session::AccountSetup;
using session::Dialect;
using test::await;
using test::ReplayServer;

namespace {

/// What a server says: status, media type, body.
struct Said {
    int status = 200;
    QByteArray type;
    QByteArray body;
};

const Said kPage{200, "text/html; charset=utf-8", "<!doctype html><html></html>"};
const Said kTrue{200, "application/json", "true"};
const Said kFalse{200, "application/json", "false"};
const Said kListing{200, "application/json", R"({"images":[]})"};
const Said kUnknown{404, "application/json", R"({"error":"Not found."})"};
const Said kNoFile{500, "application/json", R"({"error":"Could not upload image."})"};
const Said kDenied{403, "text/plain", "Access denied."};
const Said kTrouble{503, "text/html", "<html>"};
const Said kCapabilities{200, "application/json",
                         R"({"api":"vitrine/1","features":[],"limits":{"bytes":1,"pixels":2,)"
                         R"("side":3}})"};

const access::ServiceToken kToken{u"id.access"_s, access::Secret("secret")};

} // namespace

/// What is found at an address before it becomes an account, and when a sign-in is kept.
class TestAccountSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_keyring = {}; }
    void dialectIsFoundByAsking_data();
    void dialectIsFoundByAsking();
    void whatIsNoGalleryIsSaid_data();
    void whatIsNoGalleryIsSaid();
    void signInIsKeptOnlyWhereItIsOfUse_data();
    void signInIsKeptOnlyWhereItIsOfUse();
    void lookingIsDoneAsAGuest();
    void aServerThatNobodyVouchesForIsSaid();

private:
    static void sayAll(ReplayServer& server, const QList<Said>& answers);

    test::SharedKeyring m_keyring;
    test::KeyringDouble m_tokens{m_keyring};
};

void TestAccountSetup::sayAll(ReplayServer& server, const QList<Said>& answers)
{
    for (const Said& said : answers)
        server.answer(said.status, said.type, said.body);
}

void TestAccountSetup::dialectIsFoundByAsking_data()
{
    QTest::addColumn<QList<Said>>("answers");
    QTest::addColumn<std::optional<Dialect>>("dialect");
    QTest::addColumn<bool>("isSure");
    using Spoken = std::optional<Dialect>;
    const auto row = [](const char* name, const QList<Said>& answers, Spoken dialect,
                        bool isSure = true) {
        QTest::newRow(name) << answers << dialect << isSure;
    };
    row("tells its capabilities", {kCapabilities}, Dialect::Vitrine);
    row("page, set up", {kPage, kTrue}, Dialect::Reference);
    row("page, not set up yet", {kPage, kFalse}, Dialect::Reference);
    row("page, page, listing", {kPage, kPage, kListing}, Dialect::Article);
    row("404, 404, listing", {kUnknown, kUnknown, kListing}, Dialect::Article);
    row("pages only: the login, or any web site", {kPage, kPage, kPage}, {}, false);
    row("denied", {kDenied}, {});
    row("denied but for the first", {kUnknown, kDenied, kDenied}, {});
}

void TestAccountSetup::dialectIsFoundByAsking()
{
    QFETCH(QList<Said>, answers);
    QFETCH(std::optional<Dialect>, dialect);
    ReplayServer server;
    sayAll(server, answers);
    AccountSetup setup(m_tokens);
    const auto found = await(setup.look(server.url()));
    VERIFY_OK(found);
    QVERIFY(found->dialect == dialect);
    QCOMPARE(found->isClosed(), !dialect);
    QTEST(found->isSure, "isSure");
    QCOMPARE(server.requests().size(), answers.size());
}

void TestAccountSetup::whatIsNoGalleryIsSaid_data()
{
    QTest::addColumn<QList<Said>>("answers");
    QTest::addColumn<ErrorKind>("kind");
    const Said picture{200, "image/png", "\x89PNG"};
    QTest::newRow("another site") << QList{kUnknown, kUnknown, kUnknown} << ErrorKind::BadAnswer;
    QTest::newRow("trouble") << QList{kTrouble} << ErrorKind::Unavailable;
    QTest::newRow("a picture") << QList{picture} << ErrorKind::BadAnswer;
}

void TestAccountSetup::whatIsNoGalleryIsSaid()
{
    QFETCH(QList<Said>, answers);
    ReplayServer server;
    sayAll(server, answers);
    AccountSetup setup(m_tokens);
    const auto found = await(setup.look(server.url()));
    QVERIFY(!found);
    QTEST(found.error().kind, "kind");
}

void TestAccountSetup::signInIsKeptOnlyWhereItIsOfUse_data()
{
    QTest::addColumn<QList<Said>>("answers");
    QTest::addColumn<std::optional<ErrorKind>>("refused");
    using Refused = std::optional<ErrorKind>;
    const auto row = [](const char* name, const QList<Said>& answers, Refused refused) {
        QTest::newRow(name) << answers << refused;
    };
    row("the owner's listing", {kCapabilities, kListing}, {});
    row("no listing for this one", {kCapabilities, kDenied}, ErrorKind::SignInRequired);
    row("lets share on the reference", {kPage, kTrue, kNoFile}, {});
    row("does not on the reference", {kPage, kTrue, kDenied}, ErrorKind::SignInRequired);
    row("a page in its place", {kPage, kTrue, kPage}, ErrorKind::SignInRequired);
    row("lets share on the article's", {kPage, kPage, kListing, kNoFile}, {});
    row("denied", {kDenied}, ErrorKind::SignInRequired);
    row("login pages", {kPage, kPage, kPage}, ErrorKind::SignInRequired);
    row("trouble", {kTrouble}, ErrorKind::Unavailable);
    row("trouble with sharing", {kPage, kTrue, kTrouble}, ErrorKind::Unavailable);
}

void TestAccountSetup::signInIsKeptOnlyWhereItIsOfUse()
{
    QFETCH(QList<Said>, answers);
    QFETCH(std::optional<ErrorKind>, refused);
    ReplayServer server;
    sayAll(server, answers);
    AccountSetup setup(m_tokens);
    const Account account{u"some-id"_s, u"tower"_s, server.url()};
    const auto signedIn = await(setup.signIn(account, kToken));
    QCOMPARE(signedIn.has_value(), !refused);
    if (refused)
        QCOMPARE(signedIn.error().kind, *refused);
    QCOMPARE(m_keyring.entries.contains(account.id), !refused);
}

void TestAccountSetup::lookingIsDoneAsAGuest()
{
    ReplayServer server;
    sayAll(server, {kCapabilities, kListing, kPage, kTrue});
    AccountSetup setup(m_tokens);
    VERIFY_OK(await(setup.signIn({u"some-id"_s, u"tower"_s, server.url()}, kToken)));
    QVERIFY(server.requests().last().mentions("secret"));
    VERIFY_OK(await(setup.look(server.url())));
    QVERIFY(!server.requests().last().mentions("secret"));
}

void TestAccountSetup::aServerThatNobodyVouchesForIsSaid()
{
    const imaging::InProcessPictureReader pictures;
    const QTemporaryDir served;
    backend::ServerOptions options;
    options.dataDirectory = served.path();
    options.tls = {test::tlsFile("server.pem"), test::tlsFile("server.key")};
    const auto server = backend::Server::start(options, pictures);
    VERIFY_OK(server);
    QCOMPARE((*server)->url().scheme(), u"https"_s);
    AccountSetup setup(m_tokens);
    const auto stranger = await(setup.look((*server)->url()));
    QVERIFY(!stranger);
    QCOMPARE(stranger.error().cause, Cause::UntrustedConnection);

    const auto before = QSslConfiguration::defaultConfiguration();
    auto trusting = before;
    QVERIFY(trusting.addCaCertificates(test::tlsFile("ca.pem")));
    QSslConfiguration::setDefaultConfiguration(trusting);
    const auto restored = qScopeGuard([&] { QSslConfiguration::setDefaultConfiguration(before); });
    AccountSetup again(m_tokens);
    VERIFY_OK(await(again.look((*server)->url())));
}

QTEST_GUILESS_MAIN(TestAccountSetup)
#include "tst_accountsetup.moc"
