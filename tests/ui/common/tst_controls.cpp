// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elidedlabel.h"
#include "ui/common/noticebar.h"
#include "ui/common/toggleswitch.h"

#include <QAccessible>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace vitrine::ui;

class TestControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSwitchIsACheckBoxToEverybody()
    {
        ToggleSwitch toggle;
        toggle.setAccessibleName(u"Private"_s);
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&toggle);
        QVERIFY(interface != nullptr);
        QCOMPARE(interface->role(), QAccessible::CheckBox);
        QCOMPARE(interface->text(QAccessible::Name), u"Private"_s);
        QVERIFY(!interface->state().checked);
        toggle.click();
        QVERIFY(interface->state().checked);
    }

    void aSwitchTakesKeysAndClicks()
    {
        ToggleSwitch toggle;
        toggle.show();
        QVERIFY(QTest::qWaitForWindowActive(&toggle));
        toggle.setFocus();
        QTest::keyClick(&toggle, Qt::Key_Space);
        QVERIFY(toggle.isChecked());
        QTest::mouseClick(&toggle, Qt::LeftButton);
        QVERIFY(!toggle.isChecked());
        toggle.setEnabled(false);
        QTest::mouseClick(&toggle, Qt::LeftButton);
        QVERIFY(!toggle.isChecked());
    }

    void aMixedSwitchSwitchesAllOn()
    {
        ToggleSwitch toggle;
        toggle.setMixed(true);
        QVERIFY(toggle.isMixed());
        toggle.click();
        QVERIFY(toggle.isChecked());
        QVERIFY(!toggle.isMixed());
    }

    void aSwitchMirrors()
    {
        ToggleSwitch toggle;
        const auto knobIsAtTheLeft = [&toggle] {
            const QImage image = toggle.grab().toImage();
            const int y = image.height() / 2;
            return image.pixelColor(image.width() / 3, y).lightness() >
                   image.pixelColor(image.width() * 2 / 3, y).lightness();
        };
        QVERIFY(knobIsAtTheLeft());
        toggle.setLayoutDirection(Qt::RightToLeft);
        QVERIFY(!knobIsAtTheLeft());
        toggle.setChecked(true);
        QVERIFY(knobIsAtTheLeft());
    }

    void aNoticeTellsAndGoes()
    {
        NoticeBar bar;
        QVERIFY(bar.isHidden());
        bar.tell(NoticeBar::Level::Warning, u"Changes wait."_s, u"Try again"_s);
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.sentence(), u"Changes wait."_s);
        const QSignalSpy triggered(&bar, &NoticeBar::actionTriggered);
        bar.findChild<QPushButton*>()->click();
        QCOMPARE(triggered.size(), 1);
        const QSignalSpy dismissed(&bar, &NoticeBar::dismissed);
        bar.findChild<QToolButton*>()->click();
        QCOMPARE(dismissed.size(), 1);
        QVERIFY(bar.isHidden());
    }

    void aNoticeWithoutARemedyHasNoButton()
    {
        NoticeBar bar;
        bar.tell(NoticeBar::Level::Info, u"Done."_s, {}, false);
        QVERIFY(bar.findChild<QPushButton*>()->isHidden());
        QVERIFY(bar.findChild<QToolButton*>()->isHidden());
    }

    void aLongNameDoesNotWidenAnything()
    {
        ElidedLabel label;
        label.setText(QString(5000, u'x'));
        QVERIFY(label.minimumSizeHint().width() < 200);
    }
};

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
