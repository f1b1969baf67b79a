// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/stubmodel.h"
#include "ui/common/toggleswitch.h"
#include "ui/details/alteditor.h"
#include "ui/details/detailspanel.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using test::StubModel;
using ui::AltEditor;
using ui::DetailsPanel;
using ui::ToggleSwitch;

class TestDetailsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<StubModel>();
        auto images = StubModel::images(5);
        images[1].isPrivate = true;
        images[2].alt = u"A boat"_s;
        for (auto& image : images)
            image.downloadCount = 3;
        m_model->reset(images);
        m_panel = std::make_unique<DetailsPanel>();
        m_panel->resize(290, 700);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }
    void cleanup()
    {
        m_panel.reset();
        m_model.reset();
    }

    void leavingTheFieldCommits()
    {
        select({0});
        const QSignalSpy edited(m_panel.get(), &DetailsPanel::altEdited);
        m_panel->editAlt();
        QTest::keyClicks(alt(), u"  A red  flower "_s);
        QTest::keyClick(alt(), Qt::Key_Tab);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited.first().at(0).toStringList(), QStringList{u"0"_s});
        QCOMPARE(edited.first().at(1).toString(), u"A red flower"_s);
    }

    void controlEnterCommitsOnce()
    {
        select({0});
        const QSignalSpy edited(m_panel.get(), &DetailsPanel::altEdited);
        m_panel->editAlt();
        QTest::keyClicks(alt(), u"Dunes"_s);
        QTest::keyClick(alt(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(alt(), Qt::Key_Tab);
        QCOMPARE(edited.size(), 1);
    }

    void whatIsNotChangedIsNotSent()
    {
        select({2});
        const QSignalSpy edited(m_panel.get(), &DetailsPanel::altEdited);
        m_panel->editAlt();
        QTest::keyClick(alt(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClicks(alt(), u"x"_s);
        QTest::keyClick(alt(), Qt::Key_Escape);
        QTest::keyClick(alt(), Qt::Key_Tab);
        QCOMPARE(edited.size(), 0);
        QCOMPARE(alt()->toPlainText(), u"A boat"_s);
    }

    void goingOnCommitsForTheImageThatWasDescribed()
    {
        select({0});
        const QSignalSpy edited(m_panel.get(), &DetailsPanel::altEdited);
        m_panel->editAlt();
        QTest::keyClicks(alt(), u"Dunes"_s);
        select({2});
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited.first().at(0).toStringList(), QStringList{u"0"_s});
        QCOMPARE(alt()->toPlainText(), u"A boat"_s);
    }

    void aChangeBehindDoesNotTakeAwayWhatIsBeingWritten()
    {
        select({0});
        m_panel->editAlt();
        QTest::keyClicks(alt(), u"Dunes"_s);
        auto image = m_model->image(0);
        image.downloadCount = 99;
        m_model->set(0, image);
        QCOMPARE(alt()->toPlainText(), u"Dunes"_s);
        QTRY_VERIFY(shows(u"99"_s));
    }

    void oneTextForMany()
    {
        select({0, 2});
        const QSignalSpy edited(m_panel.get(), &DetailsPanel::altEdited);
        QVERIFY(alt()->toPlainText().isEmpty());
        m_panel->editAlt();
        QTest::keyClicks(alt(), u"Holidays"_s);
        QTest::keyClick(alt(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited.first().at(0).toStringList(), (QStringList{u"0"_s, u"2"_s}));
    }

    void theSwitchTellsWhatIsWished_data()
    {
        QTest::addColumn<QList<int>>("rows");
        QTest::addColumn<bool>("wished");
        QTest::newRow("public") << QList<int>{0} << true;
        QTest::newRow("private") << QList<int>{1} << false;
        QTest::newRow("some of each: all private") << QList<int>{0, 1} << true;
    }
    void theSwitchTellsWhatIsWished()
    {
        QFETCH(QList<int>, rows);
        select(rows);
        const QSignalSpy toggled(m_panel.get(), &DetailsPanel::privacyToggled);
        auto* toggle = m_panel->findChild<ToggleSwitch*>();
        toggle->setFocus();
        QTest::keyClick(toggle, Qt::Key_Space);
        QCOMPARE(toggled.size(), 1);
        QTEST(toggled.first().at(1).toBool(), "wished");
        QCOMPARE(toggled.first().at(0).toStringList().size(), rows.size());
    }

    void buttonsTellWhichImages()
    {
        select({3, 4});
        const QSignalSpy downloads(m_panel.get(), &DetailsPanel::downloadRequested);
        const QSignalSpy deletes(m_panel.get(), &DetailsPanel::deleteRequested);
        button(u"Download"_s)->click();
        button(u"Delete"_s)->click();
        const QStringList expected{u"3"_s, u"4"_s};
        QCOMPARE(downloads.size(), 1);
        QCOMPARE(downloads.first().first().toStringList(), expected);
        QCOMPARE(deletes.first().first().toStringList(), expected);
    }

    void zipIsForSeveral()
    {
        select({3});
        QVERIFY(button(u"Download as zip…"_s)->isHidden());
        select({3, 4});
        QVERIFY(!button(u"Download as zip…"_s)->isHidden());
        const QSignalSpy zips(m_panel.get(), &DetailsPanel::zipRequested);
        button(u"Download as zip…"_s)->click();
        QCOMPARE(zips.size(), 1);
        QCOMPARE(zips.first().first().toStringList(), QStringList({u"3"_s, u"4"_s}));
    }

    void readOnlySaysWhy()
    {
        select({0});
        m_panel->setAbilities(
            {u"You are a guest here."_s, u"You are a guest here."_s, u"You are a guest here."_s});
        QVERIFY(shows(u"You are a guest here."_s));
        QVERIFY(!alt()->isEnabled());
        QVERIFY(!m_panel->findChild<ToggleSwitch*>()->isEnabled());
        QVERIFY(!button(u"Delete"_s)->isEnabled());
        QVERIFY(button(u"Download"_s)->isEnabled());
        m_panel->setAbilities({});
        QVERIFY(!shows(u"You are a guest here."_s));
        QVERIFY(alt()->isEnabled());
    }

    void asOthersHidesTheName()
    {
        select({1});
        QVERIFY(shows(u"1.jpg"_s));
        const QSignalSpy toggled(m_panel.get(), &DetailsPanel::asOthersToggled);
        button(u"See it as others do"_s)->click();
        QCOMPARE(toggled.size(), 1);
        QVERIFY(!shows(u"1.jpg"_s));
        m_panel->setAsOthers(false);
        QVERIFY(shows(u"1.jpg"_s));
    }

    void whatManyHaveInCommon()
    {
        select({0, 1, 2});
        QVERIFY(shows(u"1 of 3 are private."_s));
        QTRY_VERIFY(shows(u"9"_s)); // downloads
    }

    void survivesThatTheImageGoes()
    {
        select({0});
        m_model->remove(0);
        QVERIFY(shows(u"Select a picture"_s));
        select({0});
        m_model->reset({});
        QVERIFY(shows(u"Select a picture"_s));
    }

private:
    void select(const QList<int>& rows)
    {
        QModelIndexList indexes;
        for (const int row : rows)
            indexes.append(m_model->index(row));
        m_panel->setSelection(indexes);
    }
    AltEditor* alt() const { return m_panel->findChild<AltEditor*>(); }
    QPushButton* button(const QString& text) const
    {
        for (QPushButton* candidate : m_panel->findChildren<QPushButton*>()) {
            if (candidate->text().startsWith(text))
                return candidate;
        }
        return nullptr;
    }
    bool shows(const QString& text) const
    {
        for (const QLabel* label : m_panel->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }

    std::unique_ptr<StubModel> m_model;
    std::unique_ptr<DetailsPanel> m_panel;
};

QTEST_MAIN(TestDetailsPanel)
#include "tst_detailspanel.moc"
