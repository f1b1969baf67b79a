// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/keyrows.h"
#include "app/backend/servicetokens.h"
#include "tests/backend/fixture.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cjose/cjose.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace vitrine;
using namespace vitrine::backend;
using namespace vitrine::test;
using http::Headers;
using Verdict = Gate::Verdict;

namespace {

constexpr auto kEncoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray encoded(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(kEncoding);
}

/// A token over \a claims, signed as \a algorithm says with \a jwk.
QByteArray tokenSigned(const QByteArray& jwk, const QJsonObject& claims, const QByteArray& keyId,
                       const char* algorithm = CJOSE_HDR_ALG_RS256)
{
    cjose_err error;
    cjose_jwk_t* key = cjose_jwk_import(jwk.constData(), size_t(jwk.size()), &error);
    cjose_header_t* header = cjose_header_new(&error);
    cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &error);
    cjose_header_set(header, CJOSE_HDR_KID, keyId.constData(), &error);
    const QByteArray text = QJsonDocument(claims).toJson(QJsonDocument::Compact);
    cjose_jws_t* jws =
        cjose_jws_sign(key, header, reinterpret_cast<const uint8_t*>(text.constData()),
                       size_t(text.size()), &error);
    const char* compact = nullptr;
    cjose_jws_export(jws, &compact, &error);
    const QByteArray token(compact);
    cjose_jws_release(jws);
    cjose_header_release(header);
    cjose_jwk_release(key);
    return token;
}

} // namespace

class tst_Gate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serviceTokens();
    void tokensOfOneRunEndWithIt();
    void secretsAreNotStored();
    void personsTokensPass_data();
    void personsTokensPass();
    void claims_data();
    void claims();
    void forgedTokens();
    void misshapenTokens_data();
    void misshapenTokens();
    void duplicatesAreRefused();
    void exchangedKeysAreAcceptedForAWhile();
    void exchangedKeysCanEndAtOnce();
    void refusalIsSaidPlainly();
    void unreadableRowsAreNoRefusal();
    void damagedKeysAreToldSo_data();
    void damagedKeysAreToldSo();

private:
    QByteArray goodToken() const { return tokenSigned(key(), goodClaims(), keyId()); }
    AccessKey signing() const { return *m_backend.connections->read(keys::signing); }
    QByteArray key() const { return signing().privateJwk(); }
    QByteArray keyId() const { return signing().id().toLatin1(); }
    qint64 now() const { return m_backend.clock.now().toSecsSinceEpoch(); }
    QJsonObject goodClaims() const
    {
        return {{u"iss"_s, m_backend.identity->issuer},
                {u"aud"_s, QJsonArray{m_backend.identity->audience}},
                {u"email"_s, u"ada@example.org"_s},
                {u"iat"_s, now() - 60},
                {u"nbf"_s, now() - 60},
                {u"exp"_s, now() + 60}};
    }
    Verdict judge(const Headers& headers) const
    {
        return m_backend.gate->judge(headers).value_or(Verdict::Guest);
    }
    Verdict judgeToken(const QByteArray& token) const
    {
        return judge({{"cf-access-token", token}});
    }
    QSet<QString> publishedIds();

    Backend m_backend;
};

void tst_Gate::serviceTokens()
{
    const QByteArray id = m_backend.token.clientId.toLatin1();
    const QByteArray secret = m_backend.token.clientSecret.reveal();
    const char* const idName = "CF-Access-Client-Id";
    const char* const secretName = "cf-access-client-secret";
    QCOMPARE(judge({}), Verdict::Guest);
    QCOMPARE(judge({{idName, id}, {secretName, secret}}), Verdict::Passed);
    QCOMPARE(judge({{idName, id}}), Verdict::Refused);
    QCOMPARE(judge({{secretName, secret}}), Verdict::Refused);
    QCOMPARE(judge({{idName, id}, {secretName, ""}}), Verdict::Refused);
    QCOMPARE(judge({{idName, id}, {secretName, secret.left(63)}}), Verdict::Refused);
    QCOMPARE(judge({{idName, "x' OR 1=1 --"}, {secretName, secret}}), Verdict::Refused);
}

void tst_Gate::tokensOfOneRunEndWithIt()
{
    // A server start ends them: see tst_Server. Here: a kept one is no such token.
    const auto fleeting =
        issueServiceToken(m_backend.directory.path(), u"fleeting"_s, TokenLife::ThisRun);
    QVERIFY(fleeting);
    QCOMPARE(judge({{"CF-Access-Client-Id", fleeting->clientId.toLatin1()},
                    {"CF-Access-Client-Secret", fleeting->clientSecret.reveal()}}),
             Verdict::Passed);
}

void tst_Gate::secretsAreNotStored()
{
    for (const QFileInfo& info : QDir(m_backend.directory.path()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(m_backend.token.clientSecret.reveal()),
                 qPrintable(info.fileName()));
        QCOMPARE(info.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }
}

void tst_Gate::personsTokensPass_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("prefix");
    QTest::newRow("assertion") << QByteArray("Cf-Access-Jwt-Assertion") << QByteArray();
    QTest::newRow("token") << QByteArray("cf-access-token") << QByteArray();
    QTest::newRow("cookie") << QByteArray("Cookie") << QByteArray("theme=dark; CF_Authorization=");
}

void tst_Gate::personsTokensPass()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, prefix);
    QCOMPARE(judge({{name, prefix + goodToken()}}), Verdict::Passed);
    QCOMPARE(judge({{name, prefix + goodToken().chopped(1)}}), Verdict::Refused);
}

void tst_Gate::claims_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("another issuer") << u"iss"_s << QJsonValue(u"https://x.cloudflareaccess.com"_s);
    QTest::newRow("another audience") << u"aud"_s << QJsonValue(QJsonArray{u"other"_s});
    QTest::newRow("audience of nobody") << u"aud"_s << QJsonValue(QJsonArray{});
    QTest::newRow("audience as text") << u"aud"_s << QJsonValue(m_backend.identity->audience);
    QTest::newRow("expired") << u"exp"_s << QJsonValue(now() - 1);
    QTest::newRow("expires now") << u"exp"_s << QJsonValue(now());
    QTest::newRow("expires in words") << u"exp"_s << QJsonValue(u"never"_s);
    QTest::newRow("never expires") << u"exp"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("not yet valid") << u"nbf"_s << QJsonValue(now() + 30);
    QTest::newRow("valid from words") << u"nbf"_s << QJsonValue(u"now"_s);
}

// The backend's fault "every JWT attack": wrong aud or iss, expired, not yet valid.
void tst_Gate::claims()
{
    QFETCH(QString, claim);
    QFETCH(QJsonValue, value);
    QJsonObject claims = goodClaims();
    claims.insert(claim, value); // Undefined removes it
    QCOMPARE(judge({{"cf-access-token", tokenSigned(key(), claims, keyId())}}), Verdict::Refused);
}

// The backend's fault "every JWT attack": another algorithm, an unknown kid, a broken signature.
void tst_Gate::forgedTokens()
{
    const auto isRefused = [this](const QByteArray& token) {
        return judge({{"cf-access-token", token}}) == Verdict::Refused;
    };
    const QList<QByteArray> parts = goodToken().split('.');
    const QString id = signing().id();

    QVERIFY(isRefused(encoded({{u"alg"_s, u"none"_s}, {u"kid"_s, id}}) + '.' + parts[1] + '.'));
    QVERIFY(isRefused(encoded({{u"alg"_s, u"none"_s}, {u"kid"_s, id}}) + '.' + parts[1] + '.' +
                      parts[2]));
    // HS256 with what everybody can read as the secret
    const auto set = signing().publicJwk();
    const QJsonObject secret{{u"kty"_s, u"oct"_s}, {u"k"_s, set["n"_L1]}};
    const QByteArray oct = QJsonDocument(secret).toJson(QJsonDocument::Compact);
    QVERIFY(isRefused(tokenSigned(oct, goodClaims(), keyId(), CJOSE_HDR_ALG_HS256)));

    const auto stranger = AccessKey::generate();
    QVERIFY(stranger);
    QVERIFY(isRefused(tokenSigned(stranger->privateJwk(), goodClaims(), keyId())));
    QVERIFY(
        isRefused(tokenSigned(stranger->privateJwk(), goodClaims(), stranger->id().toLatin1())));
    QVERIFY(isRefused(tokenSigned(key(), goodClaims(), "another-kid")));
    // PS256 is by our own key, and still not what we issue
    QVERIFY(isRefused(tokenSigned(key(), goodClaims(), keyId(), CJOSE_HDR_ALG_PS256)));

    QJsonObject later = goodClaims();
    later.insert(u"exp"_s, now() + 1'000'000);
    QVERIFY(isRefused(parts[0] + '.' + encoded(later) + '.' + parts[2]));
    for (const QByteArray& noToken : {QByteArray(), QByteArray("."), QByteArray(".."),
                                      QByteArray("a.b.c"), QByteArray(100'000, 'a')})
        QVERIFY(isRefused(noToken));
}

void tst_Gate::misshapenTokens_data()
{
    QTest::addColumn<int>("part");
    QTest::addColumn<QByteArray>("text");
    const QByteArray id = keyId();
    const auto header = [](const QByteArray& json) { return json.toBase64(kEncoding); };
    for (const int part : {0, 1, 2}) {
        const auto row = [part](const char* what) -> QTestData& {
            return QTest::addRow("part %d %s", part, what);
        };
        row("missing") << part << QByteArray();
        row("of one digit") << part << QByteArray("A");
        row("of one digit with padding") << part << QByteArray("A===");
        row("of padding") << part << QByteArray("====");
        row("padded") << part << goodToken().split('.')[part] + "==";
        row("with padding and a digit left over") << part << QByteArray("AAAAA===");
        row("with a zero byte") << part << QByteArray("AAAA\0AAA", 8);
        row("in the other alphabet") << part << QByteArray("ab+/");
        row("in 8 bits") << part << QByteArray("AA\xff\xfe");
    }
    QTest::newRow("no algorithm") << 0 << header(R"({"kid":")" + id + R"("})");
    QTest::newRow("algorithm as number") << 0 << header(R"({"alg":256,"kid":")" + id + R"("})");
    QTest::newRow("algorithm as object") << 0 << header(R"({"alg":{},"kid":")" + id + R"("})");
    QTest::newRow("two algorithms")
        << 0 << header(R"({"alg":256,"alg":"RS256","kid":")" + id + R"("})");
    QTest::newRow("the odd algorithm last")
        << 0 << header(R"({"alg":"RS256","alg":[],"kid":")" + id + R"("})");
    QTest::newRow("no kid") << 0 << header(R"({"alg":"RS256"})");
    QTest::newRow("kid as array") << 0 << header(R"({"alg":"RS256","kid":[")" + id + R"("]})");
    QTest::newRow("kid as number") << 0 << header(R"({"alg":"RS256","kid":7})");
    QTest::newRow("a header that is an array") << 0 << header(R"(["RS256"])");
    QTest::newRow("a header that is a text") << 0 << header(R"("RS256")");
    QTest::newRow("nested without end") << 0 << header(QByteArray(5000, '['));
}

// The backend's fault "every JWT attack": whatever the shape, one refusal and a server that goes
// on.
void tst_Gate::misshapenTokens()
{
    QFETCH(int, part);
    QFETCH(QByteArray, text);
    QList<QByteArray> parts = goodToken().split('.');
    parts[part] = text;
    QCOMPARE(judgeToken(parts.join('.')), Verdict::Refused);
    QVERIFY(!signing().verifies(parts.join('.')));
    QCOMPARE(judgeToken(goodToken()), Verdict::Passed);
}

// The backend's fault "every JWT attack": a duplicated header.
void tst_Gate::duplicatesAreRefused()
{
    const QByteArray good = goodToken();
    const QByteArray id = m_backend.token.clientId.toLatin1();
    const QByteArray secret = m_backend.token.clientSecret.reveal();
    QCOMPARE(judge({{"cf-access-token", good}, {"CF-Access-Token", good}}), Verdict::Refused);
    QCOMPARE(judge({{"Cf-Access-Jwt-Assertion", good}, {"cf-access-token", "a.b.c"}}),
             Verdict::Refused);
    const QByteArray cookie = "CF_Authorization=" + good;
    QCOMPARE(judge({{"Cookie", cookie + "; " + cookie}}), Verdict::Refused);
    QCOMPARE(judge({{"Cookie", cookie}, {"Cookie", cookie}}), Verdict::Refused);
    QCOMPARE(judge({{"CF-Access-Client-Id", id},
                    {"CF-Access-Client-Id", id},
                    {"CF-Access-Client-Secret", secret}}),
             Verdict::Refused);
}

void tst_Gate::refusalIsSaidPlainly()
{
    for (const char* target : {"/api/admin/images", "/admin/api/images", "/api/admin/unknown",
                               "/admin/api/", "/api/admin/"}) {
        const auto response = m_backend.ask("GET", target);
        QCOMPARE(response.status, 403);
        QCOMPARE(response.body, "Access denied.");
        QVERIFY(response.headers.value("Content-Type").startsWith("text/plain"));
    }
}

QSet<QString> tst_Gate::publishedIds()
{
    QSet<QString> ids;
    const auto set = json(m_backend.ask("GET", "/cdn-cgi/access/certs"))["keys"_L1].toArray();
    for (const auto& jwk : set) {
        ids.insert(jwk["kid"_L1].toString());
        if (jwk.toObject().contains("d"_L1))
            qFatal("a private key is published");
    }
    return ids;
}

void tst_Gate::exchangedKeysAreAcceptedForAWhile()
{
    QJsonObject claims = goodClaims();
    claims.insert(u"exp"_s, now() + 10'000'000);
    const QByteArray old = tokenSigned(key(), claims, keyId());
    const QString oldId = QString::fromLatin1(keyId());
    const auto done = m_backend.keys.exchange(3h);
    QVERIFY(done);
    QCOMPARE(QString::fromLatin1(keyId()), done->id);
    QCOMPARE(done->acceptedUntil, m_backend.clock.now().addSecs(3 * 3600));
    QCOMPARE(publishedIds(), (QSet<QString>{oldId, done->id}));
    QCOMPARE(judgeToken(old), Verdict::Passed);
    QCOMPARE(judgeToken(tokenSigned(key(), claims, keyId())), Verdict::Passed);

    m_backend.clock.advance(3h);
    QCOMPARE(judgeToken(old), Verdict::Refused);
    QCOMPARE(judgeToken(tokenSigned(key(), claims, keyId())), Verdict::Passed);
    QCOMPARE(publishedIds(), QSet<QString>{done->id});
}

void tst_Gate::exchangedKeysCanEndAtOnce()
{
    const QByteArray oldest = goodToken();
    QVERIFY(m_backend.keys.exchange(3h));
    const QByteArray old = goodToken();
    QVERIFY(m_backend.keys.exchange(0h));
    QCOMPARE(judgeToken(old), Verdict::Refused);
    QCOMPARE(judgeToken(oldest), Verdict::Refused);
    QCOMPARE(judgeToken(goodToken()), Verdict::Passed);
}

// A failing database says nothing of who asks: no "sign in", and no way in.
void tst_Gate::unreadableRowsAreNoRefusal()
{
    Backend backend;
    const QJsonObject image = backend.share(jpeg(picture({64, 48})), true);
    const auto token = backend.keys.sign({{u"exp"_s, 1e12}});
    QVERIFY(token);
    QVERIFY(backend.connections->write([](SQLite::Database& database) -> Result<void> {
        database.exec("DROP TABLE service_tokens; DROP TABLE access_keys");
        return {};
    }));
    QCOMPARE(backend.askAsOwner("GET", "/api/admin/images").status, 503);
    const Headers person{{"cf-access-token", *token}};
    QCOMPARE(backend.ask("GET", "/api/admin/images", person).status, 503);
    const QByteArray download = "/api/download?id=" + image["id"_L1].toString().toLatin1();
    QCOMPARE(backend.askAsOwner("GET", download).status, 503);
    QCOMPARE(backend.ask("GET", download).status, 403); // a guest needs no look-up
}

void tst_Gate::damagedKeysAreToldSo_data()
{
    QTest::addColumn<QByteArray>("jwk");
    const QJsonObject good = QJsonDocument::fromJson(key()).object();
    const auto changed = [&](const QString& name, const QJsonValue& value) {
        QJsonObject other = good;
        other.insert(name, value);
        return QJsonDocument(other).toJson();
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << key().chopped(1);
    QTest::newRow("an array") << QByteArray('[' + key() + ']');
    QTest::newRow("a digit left over") << changed(u"n"_s, u"A==="_s);
    QTest::newRow("a digit left over in the private half") << changed(u"d"_s, u"A==="_s);
    QTest::newRow("a number as number") << changed(u"e"_s, 65537);
    QTest::newRow("the public half alone") << changed(u"d"_s, QJsonValue::Undefined);
    QTest::newRow("no kid") << changed(u"kid"_s, QJsonValue::Undefined);
    QTest::newRow("kid as number") << changed(u"kid"_s, 7);
    QTest::newRow("another kind") << changed(u"kty"_s, u"oct"_s);
}

// The rows of a data directory may be somebody else's: nothing in them ends the program.
void tst_Gate::damagedKeysAreToldSo()
{
    QFETCH(QByteArray, jwk);
    const auto read = AccessKey::fromJson(jwk);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(tst_Gate)
#include "tst_gate.moc"
