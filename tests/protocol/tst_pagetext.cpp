// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/pagetext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace vitrine::protocol;
using namespace Qt::StringLiterals;

class tst_PageText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheTreeSays_data();
    void saysWhatTheTreeSays();
    void pagesMayBeEmpty_data();
    void pagesMayBeEmpty();
};

void tst_PageText::saysWhatTheTreeSays_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("plain") << u"Two boats"_s;
    QTest::newRow("none") << QString();
    QTest::newRow("quotes") << u"\"a\\b\" / 'c'"_s;
    QTest::newRow("a way out of the string") << u"\",\"isPrivate\":false,\"x\":\"\\"_s;
    QTest::newRow("other letters") << u"Böötchen ⛵ \u202Egpj.\u2028 𝄞"_s;
    QString controls;
    for (char16_t c = 0; c < 0x20; ++c)
        controls += QChar(c);
    QTest::newRow("controls") << controls + QChar(0x7f);
}

void tst_PageText::saysWhatTheTreeSays()
{
    QFETCH(QString, words);
    Image image;
    image.id = u"b970bfed-03ac-4f41"_s;
    image.previewUrl = QUrl(u"https://pictures.example/a/b/preview?exp=1&sig=2"_s);
    image.name = words;
    image.alt = words + words;
    image.uploaded = QDateTime({2026, 5, 3}, {9, 41, 0, 123}, QTimeZone::utc());
    image.downloadCount = 7;
    image.size = {6000, 4000};
    image.bytes = 5'000'000'000;
    image.type = u"image/jpeg"_s;
    image.revision = 3;
    image.placeholder = QByteArray("\x01\x02\xff\x00", 4);
    Image hidden = image;
    hidden.isPrivate = true;
    hidden.sha256 = QByteArray(32, '\xab');
    const Page page{{image, hidden}, words};

    QJsonParseError error;
    const auto read = QJsonDocument::fromJson(jsonText(page), &error);
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    QCOMPARE(read.object(), toJson(page));
}

void tst_PageText::pagesMayBeEmpty_data()
{
    QTest::addColumn<QString>("cursor");
    QTest::newRow("the last") << QString();
    QTest::newRow("not the last") << u"next"_s;
}

void tst_PageText::pagesMayBeEmpty()
{
    QFETCH(QString, cursor);
    const Page page{{}, cursor};
    QCOMPARE(QJsonDocument::fromJson(jsonText(page)).object(), toJson(page));
}

QTEST_GUILESS_MAIN(tst_PageText)
#include "tst_pagetext.moc"
