// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/log.h"

#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsAreMasked_data();
    void secretsAreMasked();
    void addressesLoseWhatSignsThem();
    void ordinaryTextStays();
};

void TestLog::secretsAreMasked_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("secret");
    QTest::newRow("JWT") << u"token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end"_s
                         << u"c2lnbmF0dXJl"_s;
    QTest::newRow("cut JWT") << u"eyJhbGciOiJSUzI1NiIsImtpZCI6"_s << u"JSUzI1NiIsImtpZCI6"_s;
    QTest::newRow("signature") << u"GET /a?exp=17&sig=0123456789abcdef HTTP"_s
                               << u"0123456789abcdef"_s;
    QTest::newRow("Access header") << u"CF-Access-Client-Secret: 5ec7e7"_s << u"5ec7e7"_s;
    QTest::newRow("JSON") << u"{\"clientSecret\":\"5ec7e7\"}"_s << u"5ec7e7"_s;
    QTest::newRow("a token in JSON")
        << u"{\"refresh_token\":\"opaque-token\"}"_s << u"opaque-token"_s;
    QTest::newRow("a token in a form")
        << u"grant_type=refresh_token&refresh_token=opaque%2Btoken"_s << u"opaque%2Btoken"_s;
    QTest::newRow("a proof") << u"code_verifier=opaque-proof&x=y"_s << u"opaque-proof"_s;
    QTest::newRow("bearer") << u"Authorization: Bearer opaque-token"_s << u"opaque-token"_s;
}

void TestLog::secretsAreMasked()
{
    QFETCH(QString, line);
    QFETCH(QString, secret);
    QVERIFY(line.contains(secret));
    QVERIFY2(!redacted(line).contains(secret), qPrintable(redacted(line)));
}

void TestLog::addressesLoseWhatSignsThem()
{
    const QUrl url(u"http://user:pass@host:1/x/preview?exp=1&sig=abc#part"_s);
    QCOMPARE(redacted(url), u"http://host:1/x/preview"_s);
}

void TestLog::ordinaryTextStays()
{
    const QString line = u"GET /api/images 200 (12 ms), expected 3 pages"_s;
    QCOMPARE(redacted(line), line);
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
