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
