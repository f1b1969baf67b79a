// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/noticestack.h"

#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using vitrine::ui::NoticeStack;

namespace {

const QString kMatter = u"matter"_s;

} // namespace

class TestNoticeStack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replacesWhatWasToldOfTheSameMatter()
    {
        NoticeStack notices;
        notices.tell(kMatter, {.sentence = u"First."_s});
        notices.tell(u"other"_s, {.sentence = u"Other."_s});
        notices.tell(kMatter, {.sentence = u"Second."_s});
        QCOMPARE(notices.sentence(kMatter), u"Second."_s);
        QCOMPARE(notices.sentence(u"other"_s), u"Other."_s);
        notices.clear(kMatter);
        QVERIFY(notices.sentence(kMatter).isEmpty());
    }

    void actsOnceAndGoes()
    {
        NoticeStack notices;
        int acted = 0;
        notices.tell(kMatter,
                     {.sentence = u"Gone."_s, .action = u"Undo"_s, .act = [&] { ++acted; }});
        notices.show();
        QTest::mouseClick(notices.findChild<QPushButton*>(), Qt::LeftButton);
        QCOMPARE(acted, 1);
        QVERIFY(notices.sentence(kMatter).isEmpty());
    }

    void takesBackTheNewestFirst()
    {
        NoticeStack notices;
        QStringList undone;
        for (const QString& what : {u"first"_s, u"second"_s})
            notices.tell(what, {.sentence = what,
                                .action = u"Undo"_s,
                                .act = [&, what] { undone += what; },
                                .isUndo = true});
        notices.tell(u"other"_s, {.sentence = u"Saved."_s, .action = u"Show"_s});
        notices.undoNewest();
        QCOMPARE(undone, QStringList{u"second"_s});
        notices.undoNewest();
        notices.undoNewest(); // nothing is left
        QCOMPARE(undone, (QStringList{u"second"_s, u"first"_s}));
        QCOMPARE(notices.sentence(u"other"_s), u"Saved."_s);
    }

    void tellsThatItWasPutAway()
    {
        NoticeStack notices;
        bool closed = false;
        notices.tell(kMatter, {.sentence = u"Seen."_s, .closed = [&] { closed = true; }});
        notices.show();
        QTest::mouseClick(notices.findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(closed);
        QVERIFY(notices.sentence(kMatter).isEmpty());
    }

    void goesByItselfButNotInPlaceOfItsSuccessor()
    {
        NoticeStack notices;
        notices.tellFor(30ms, kMatter, {.sentence = u"Short."_s});
        notices.tell(kMatter, {.sentence = u"Stays."_s});
        notices.tellFor(60ms, u"other"_s, {.sentence = u"Short, too."_s});
        QTRY_VERIFY(notices.sentence(u"other"_s).isEmpty());
        QCOMPARE(notices.sentence(kMatter), u"Stays."_s);
    }
};

QTEST_MAIN(TestNoticeStack)
#include "tst_noticestack.moc"
