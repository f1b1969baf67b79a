// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/accounts/accountsfixture.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>

namespace vitrine::test {

void AccountsFixture::init()
{
    m_live = std::make_unique<LiveWindow>();
    m_live->settings.setUndoTime({});
    QVERIFY(m_live->start());
}

access::ServiceToken AccountsFixture::issueToken() const
{
    return std::get<access::ServiceToken>(m_server.newToken());
}

QPushButton* AccountsFixture::button(QWidget& parent, const QString& text)
{
    const auto buttons = parent.findChildren<QPushButton*>();
    for (QPushButton* each : buttons) {
        if (each->text() == text)
            return each;
    }
    return nullptr;
}

ui::SidebarEntry* AccountsFixture::entry(const QString& name)
{
    const auto entries = window().page().sidebar().findChildren<ui::SidebarEntry*>();
    for (ui::SidebarEntry* each : entries) {
        if (each->text() == name && each->isVisible())
            return each;
    }
    return nullptr;
}

void AccountsFixture::typeAddress(const QString& address)
{
    QTest::mouseClick(entry(u"Add a gallery…"_s), Qt::LeftButton);
    QVERIFY(assistant());
    QVERIFY(step<ui::AddressStep>().isVisible());
    step<ui::AddressStep>().findChild<QLineEdit*>()->setText(address);
    QTest::keyClick(assistant(), Qt::Key_Return);
}

void AccountsFixture::typeToken(const access::ServiceToken& token)
{
    const auto fields = step<ui::SignInStep>().findChildren<QLineEdit*>();
    for (QLineEdit* field : fields) {
        if (field->isVisible())
            field->setText(field->echoMode() == QLineEdit::Password
                               ? QString::fromLatin1(token.clientSecret.reveal())
                               : token.clientId);
    }
    QTest::keyClick(assistant(), Qt::Key_Return);
}

void AccountsFixture::addAsGuest()
{
    typeAddress(m_server.url().toString());
    QTRY_VERIFY(step<ui::FoundStep>().isVisible());
    step<ui::FoundStep>().findChild<QLineEdit*>()->setText(u"Tower"_s);
    QTest::mouseClick(button(step<ui::FoundStep>(), u"Look as a guest"_s), Qt::LeftButton);
    QTRY_VERIFY(!assistant());
    QTRY_VERIFY(entry(u"Tower"_s));
    QTRY_VERIFY(isOnline());
}

void AccountsFixture::addClosed(const QUrl& url)
{
    typeAddress(url.toString());
    QTRY_VERIFY(step<ui::FoundStep>().isVisible());
    QTest::keyClick(assistant(), Qt::Key_Return);
    QTRY_VERIFY(step<ui::SignInStep>().isVisible());
}

bool AccountsFixture::isShown(const QString& text, const QWidget& where)
{
    const auto labels = where.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisible() && label->text().contains(text);
    });
}

void AccountsFixture::chooseInMenu(const QString& text)
{
    Q_EMIT entry(u"Tower"_s)->customContextMenuRequested({});
    const auto actions = window().page().sidebar().findChild<QMenu*>()->actions();
    for (QAction* action : actions) {
        if (action->text() == text)
            action->trigger();
    }
}

} // namespace vitrine::test
