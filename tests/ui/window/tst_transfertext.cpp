// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/transfertext.h"

#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using transfer::State;
using transfer::Transfer;

/// What a row of the transfers page says.
class TestTransferText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWaitsAfterATroubleSaysSo()
    {
        Transfer upload;
        upload.state = State::Ready;
        QCOMPARE(ui::transferSentence(upload), u"Ready to go"_s);
        upload.error = Error{ErrorKind::Unavailable, {}, {}};
        QVERIFY(ui::transferSentence(upload).startsWith(u"Will be tried again. "_s));
    }

    void limitsAreSaidAsTheyAre_data()
    {
        QTest::addColumn<qint64>("up");
        QTest::addColumn<qint64>("down");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << qint64(0) << qint64(0) << QString();
        QTest::newRow("up") << qint64(500'000) << qint64(0) << u"Limited to 500 kB/s up"_s;
        QTest::newRow("down") << qint64(0) << qint64(80'000) << u"Limited to 80 kB/s down"_s;
        QTest::newRow("both") << qint64(500'000) << qint64(80'000)
                              << u"Limited to 500 kB/s up, 80 kB/s down"_s;
    }
    void limitsAreSaidAsTheyAre()
    {
        QFETCH(const qint64, up);
        QFETCH(const qint64, down);
        QTEST(ui::limitsText({up, down}), "words");
    }

    void whatIsTakenBackSaysSoUntilItIsKnown()
    {
        Transfer upload;
        upload.state = State::Ready;
        upload.mayHaveArrived = true;
        QVERIFY(ui::canBeTakenBack(upload));
        upload.isTakenBack = true;
        QVERIFY(!ui::canBeTakenBack(upload));
        QCOMPARE(ui::transferSentence(upload), u"Being taken back"_s);
        upload.state = State::Cancelled;
        QCOMPARE(ui::transferSentence(upload), u"Taken back"_s);
        upload.state = State::Done;
        QCOMPARE(ui::transferSentence(upload), u"Had arrived before it was taken back"_s);
    }
};

QTEST_GUILESS_MAIN(TestTransferText)
#include "tst_transfertext.moc"
