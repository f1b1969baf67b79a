// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/claims.h"

#include <QTest>
#include <QTimeZone>

using namespace vitrine;
using namespace vitrine::access;
using namespace Qt::StringLiterals;

namespace {

Secret jwt(const QByteArray& payload)
{
    constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return Secret(QByteArray(R"({"alg":"RS256","kid":"1"})").toBase64(encoding) + '.' +
                  payload.toBase64(encoding) + ".c2lnbmF0dXJl");
}

} // namespace

class ClaimsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPersonIsRead();
    void aServiceTokenIsRead();
    void whatIsMissingIsUnknown();
    void whatIsNoTokenHasNoClaims_data();
    void whatIsNoTokenHasNoClaims();
    void oddClaimsAreUnknown_data();
    void oddClaimsAreUnknown();
    void identityIsWhatTheCredentialTells();
};

void ClaimsTest::aPersonIsRead()
{
    const auto claims = claimsOf(jwt(
        R"({"aud":["x"],"email":"ada@example.org","sub":"1","exp":1795422579,"nbf":1795336179,"iat":1})"));
    QVERIFY(claims);
    QCOMPARE(claims->email, u"ada@example.org"_s);
    QCOMPARE(claims->until, QDateTime({2026, 11, 23}, {8, 29, 39}, QTimeZone::utc()));
    QCOMPARE(claims->from, QDateTime({2026, 11, 22}, {8, 29, 39}, QTimeZone::utc()));
}

void ClaimsTest::aServiceTokenIsRead()
{
    const auto claims = claimsOf(jwt(R"({"common_name":"e3.access","sub":"","iat":1795336179})"));
    QVERIFY(claims);
    QVERIFY(claims->email.isEmpty());
    QCOMPARE(claims->commonName, u"e3.access"_s);
    QCOMPARE(claims->from.toSecsSinceEpoch(), 1795336179);
}

void ClaimsTest::whatIsMissingIsUnknown()
{
    QCOMPARE(claimsOf(jwt("{}")), Claims());
}

void ClaimsTest::whatIsNoTokenHasNoClaims_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a word") << QByteArray("token");
    QTest::newRow("two parts") << QByteArray("e30.e30");
    QTest::newRow("four parts") << QByteArray("e30.e30.e30.e30");
    QTest::newRow("no base64") << QByteArray("e30.{}.e30");
    QTest::newRow("no JSON") << jwt("claims").reveal();
    QTest::newRow("an array") << jwt("[1]").reveal();
    QTest::newRow("100 kB") << jwt("{\"email\":\"" + QByteArray(100'000, 'a') + "\"}").reveal();
}

void ClaimsTest::whatIsNoTokenHasNoClaims()
{
    QFETCH(QByteArray, token);
    QVERIFY(!claimsOf(Secret(token)));
}

void ClaimsTest::oddClaimsAreUnknown_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("mistyped") << QByteArray(R"({"email":["a"],"exp":"soon","nbf":{}})");
    QTest::newRow("before 1970") << QByteArray(R"({"exp":-1})");
    QTest::newRow("after all time") << QByteArray(R"({"exp":1e300})");
    QTest::newRow("invisible") << QByteArray("{\"email\":\"\\u202e\\n\\u001b\"}");
}

void ClaimsTest::oddClaimsAreUnknown()
{
    QFETCH(QByteArray, payload);
    QCOMPARE(claimsOf(jwt(payload)), Claims());
}

void ClaimsTest::identityIsWhatTheCredentialTells()
{
    QCOMPARE(identityOf({}), Identity());
    QCOMPARE(identityOf(ServiceToken{u"e3.access"_s, Secret("x")}).who, u"e3.access"_s);
    const Identity ada = identityOf(PersonToken{jwt(R"({"email":"ada@example.org","exp":7})")});
    QCOMPARE(ada.who, u"ada@example.org"_s);
    QCOMPARE(ada.until.toSecsSinceEpoch(), 7);
    QCOMPARE(identityOf(PersonToken{Secret("opaque")}), Identity());
    const QDateTime soon = QDateTime::fromSecsSinceEpoch(5, QTimeZone::utc());
    const Secret token = jwt(R"({"email":"ada@example.org","exp":7})");
    QCOMPARE(identityOf(OAuthToken{token, {}, soon, {}, {}}), Identity({ada.who, soon}));
    QCOMPARE(identityOf(OAuthToken{token, {}, {}, {}, {}}), ada);
    QCOMPARE(identityOf(OAuthToken{Secret("opaque"), {}, soon, {}, {}}), Identity({{}, soon}));
}

QTEST_GUILESS_MAIN(ClaimsTest)
#include "tst_claims.moc"
