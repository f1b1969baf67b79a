// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elidedlabel.h"
#include "ui/common/noticebar.h"
#include "ui/common/textlabel.h"
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
    void aLabelBeginsWhereLinesBegin()
    {
        TextLabel label(u"Alt text"_s);
        label.resize(200, 30);
        const auto inkAt = [&label](Qt::LayoutDirection direction) {
            label.setLayoutDirection(direction);
            const QImage picture =
                label.grab().toImage().convertToFormat(QImage::Format_Grayscale8);
            int left = 0;
            int right = 0;
            for (int x = 0; x < picture.width(); ++x) {
                for (int y = 0; y < picture.height(); ++y)
                    (x < picture.width() / 2 ? left : right) += qGray(picture.pixel(x, y)) < 128;
            }
            return std::pair(left > 0, right > 0);
        };
        label.setStyleSheet(u"background: white; color: black"_s);
        QCOMPARE(inkAt(Qt::LeftToRight), std::pair(true, false));
        QCOMPARE(inkAt(Qt::RightToLeft), std::pair(false, true));
        QCOMPARE(inkAt(Qt::LeftToRight), std::pair(true, false));
    }

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
