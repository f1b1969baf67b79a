// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/problem.h"

#include <QTest>

using namespace vitrine::protocol;
using namespace Qt::StringLiterals;

class ProblemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentenceStandsTwice();
    void sentenceIsFound_data();
    void sentenceIsFound();
};

void ProblemTest::sentenceStandsTwice()
{
    const QJsonObject object = toJson({413, u"Content Too Large"_s, u"At most 50 MB."_s});
    QCOMPARE(object[u"status"_s].toInt(), 413);
    QCOMPARE(object[u"title"_s].toString(), u"Content Too Large"_s);
    QCOMPARE(object[u"detail"_s].toString(), u"At most 50 MB."_s);
    QCOMPARE(object[u"error"_s].toString(), u"At most 50 MB."_s);
    QCOMPARE(problemSentence(object), u"At most 50 MB."_s);
}

void ProblemTest::sentenceIsFound_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("the article's way") << QJsonObject{{u"error"_s, u"No."_s}} << u"No."_s;
    QTest::newRow("RFC 9457 alone") << QJsonObject{{u"detail"_s, u"No."_s}} << u"No."_s;
    QTest::newRow("another type") << QJsonObject{{u"error"_s, QJsonObject()}} << QString();
    QTest::newRow("nothing") << QJsonObject() << QString();
}

void ProblemTest::sentenceIsFound()
{
    QFETCH(QJsonObject, object);
    QFETCH(QString, sentence);
    QCOMPARE(problemSentence(object), sentence);
}

QTEST_GUILESS_MAIN(ProblemTest)
#include "tst_problem.moc"
