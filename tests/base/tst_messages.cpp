// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"

#include <QSet>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasItsOwnSentence();
    void everyCauseHasItsOwnSentence();
    void serverSentenceIsShown();
    void pathsAndCodesAreNotShown();
};

void TestMessages::everyKindHasItsOwnSentence()
{
    QSet<QString> sentences;
    const int last = int(ErrorKind::Internal);
    for (int kind = 0; kind <= last; ++kind) {
        const QString sentence = messageFor({ErrorKind(kind), u"detail"_s, {}});
        QVERIFY(!sentence.isEmpty());
        sentences.insert(sentence);
    }
    QCOMPARE(sentences.size(), last + 1);
}

void TestMessages::everyCauseHasItsOwnSentence()
{
    QSet<QString> sentences;
    const int last = int(Cause::SignInUnfinished);
    for (int cause = 0; cause <= last; ++cause)
        sentences.insert(messageFor({ErrorKind::SignInRequired, {}, {}, Cause(cause)}));
    QCOMPARE(sentences.size(), last + 1);
}

void TestMessages::serverSentenceIsShown()
{
    const Error error{ErrorKind::Rejected, u"The picture is upside down."_s, {}};
    QVERIFY(messageFor(error).contains(u"The picture is upside down."_s));
}

void TestMessages::pathsAndCodesAreNotShown()
{
    const Error error{ErrorKind::NotFound, u"/home/somebody/secret.jpg"_s, {}};
    QVERIFY(!messageFor(error).contains(u"somebody"_s));
}

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"
