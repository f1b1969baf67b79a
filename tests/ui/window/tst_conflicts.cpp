// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/window/conflictdialog.h"
#include "ui/window/noticestack.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using test::LiveWindow;
using ui::ConflictDialog;

/// A change that met somebody else's: nothing is lost before the person has decided.
class TestConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_live = std::make_unique<LiveWindow>();
        m_live->settings.setUndoTime({});
        QVERIFY(m_live->start());
        const QString photo =
            test::writeTo(m_live->path({}), u"boat.jpg"_s, test::jpeg(test::picture({800, 600})));
        QVERIFY(m_live->share({photo}));
        m_edit = m_live->collide(0, u"Theirs"_s, u"Mine"_s);
        QTRY_VERIFY_WITH_TIMEOUT(compareButton(), 30'000);
    }

    void cleanup() { m_live.reset(); }

    void bothVersionsAreShown()
    {
        compare();
        QVERIFY(isSaid(u"Loading their version…"_s)); // not what was there before
        QVERIFY(altIn(1).isEmpty());
        QVERIFY(!button(u"Use mine"_s)->isEnabled());
        QVERIFY(!button(u"Keep the gallery's"_s)->isEnabled());
        QCOMPARE(altIn(0), u"Mine"_s);
        QTRY_COMPARE(altIn(1), u"Theirs"_s);
        QVERIFY(!isSaid(u"Loading their version…"_s));
    }

    // Before the listing has been read anew.
    void theirsIsThereAsSoonAsTheConflictIs()
    {
        QString told;
        const auto& model = m_live->session.gallery().model();
        connect(&m_live->session.outbox(), &transfer::Outbox::conflicted, this,
                [&] { told = model.images().first().alt; });
        m_live->session.outbox().forget({m_edit});
        QVERIFY(!m_live->collide(0, u"Theirs, later"_s, u"Mine, later"_s).isEmpty());
        QCOMPARE(told, u"Theirs, later"_s);
    }

    void nextOneIsNotDecidedUnread()
    {
        const QString other =
            test::writeTo(m_live->path({}), u"car.jpg"_s, test::jpeg(test::picture({400, 300}, 2)));
        QVERIFY(m_live->share({other}));
        const QString second = m_live->collide(0, u"Theirs, too"_s, u"Mine, too"_s);
        compare();
        click(u"Keep the gallery's"_s);
        QTRY_COMPARE(altIn(0), u"Mine, too"_s);
        auto* keep = button(u"Keep the gallery's"_s);
        QVERIFY(!keep->isEnabled());
        QTest::mouseClick(keep, Qt::LeftButton); // the second one of a double click
        QVERIFY(m_live->session.outbox().find(second));
        QTRY_VERIFY(keep->isEnabled() && button(u"Use mine"_s)->isEnabled());
        QTest::mouseClick(keep, Qt::LeftButton);
        QTRY_VERIFY(!dialog());
        QVERIFY(!m_live->session.outbox().find(second));
    }

    void mineCanWin()
    {
        compare();
        QTRY_COMPARE(altIn(1), u"Theirs"_s);
        click(u"Use mine"_s);
        QTRY_COMPARE(m_live->image(0).alt, u"Mine"_s);
        QTRY_VERIFY(!m_live->hasUnsent());
        QTRY_VERIFY(!compareButton());
        QTRY_VERIFY(!dialog());
    }

    void theirsCanStay()
    {
        compare();
        click(u"Keep the gallery's"_s);
        QTRY_VERIFY(!dialog());
        QTRY_COMPARE(m_live->image(0).alt, u"Theirs"_s);
        QVERIFY(!m_live->session.outbox().find(m_edit));
        QVERIFY(!compareButton());
    }

    void privateOnesAreNotNamed()
    {
        m_live->select({0});
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(m_live->image(0).isPrivate && !m_live->hasUnsent());
        compare();
        for (const auto* label : dialog()->findChildren<QLabel*>())
            QVERIFY2(!label->text().contains(u"boat"_s), qPrintable(label->text()));
        QCOMPARE(altIn(0), u"Mine"_s);
    }

    void laterItIsAskedAgain()
    {
        compare();
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(!dialog());
        QVERIFY(compareButton());
    }

    void afterARestartItIsStillAsked()
    {
        const auto home = m_live->home;
        m_live.reset();
        m_live = std::make_unique<LiveWindow>(home);
        QVERIFY(m_live->start());
        QTRY_VERIFY_WITH_TIMEOUT(compareButton(), 30'000);
        compare();
        QCOMPARE(altIn(0), u"Mine"_s);
        QTRY_COMPARE(altIn(1), u"Theirs"_s);
    }

    // The other one works on the outbox.
    void decidedInASecondWindow()
    {
        const auto first = std::exchange(m_live, nullptr);
        m_live = std::make_unique<LiveWindow>(first->home);
        m_live->settings.setUndoTime({});
        QVERIFY(m_live->start());
        QVERIFY(!m_live->session.outbox().isWorker());
        QTRY_VERIFY_WITH_TIMEOUT(compareButton(), 30'000);
        compare();
        QTRY_COMPARE(altIn(1), u"Theirs"_s);
        click(u"Use mine"_s);
        QTRY_VERIFY(!dialog());
        QTRY_COMPARE_WITH_TIMEOUT(first->image(0).alt, u"Mine"_s, 30'000);
        QTRY_VERIFY(!compareButton());
        m_live.reset(); // before the one whose directory it is in
    }

private:
    void compare()
    {
        QTest::mouseClick(compareButton(), Qt::LeftButton);
        QVERIFY(dialog());
        QVERIFY(!compareButton());
    }

    void click(const QString& text)
    {
        auto* found = button(text);
        QVERIFY(found);
        QTRY_VERIFY(found->isEnabled());
        QTest::mouseClick(found, Qt::LeftButton);
    }

    QPushButton* button(const QString& text) const
    {
        for (auto* each : dialog()->findChildren<QPushButton*>()) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }

    bool isSaid(const QString& sentence) const
    {
        const auto labels = dialog()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->text() == sentence; });
    }

    ConflictDialog* dialog() const { return m_live->window.findChild<ConflictDialog*>(); }
    QString altIn(int version) const
    {
        return dialog()->findChildren<QPlainTextEdit*>().value(version)->toPlainText();
    }
    QPushButton* compareButton() const
    {
        for (auto* notices : m_live->window.findChildren<ui::NoticeStack*>()) {
            for (auto* each : notices->findChildren<QPushButton*>()) {
                if (each->text() == u"Compare…"_s && each->isVisible())
                    return each;
            }
        }
        return nullptr;
    }

    std::unique_ptr<LiveWindow> m_live;
    QString m_edit;
};

QTEST_MAIN(TestConflicts)
#include "tst_conflicts.moc"
