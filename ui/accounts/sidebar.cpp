// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/sidebar.h"

#include "ui/accounts/accountname.h"
#include "ui/accounts/librarycounts.h"
#include "ui/accounts/sidebarentry.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

namespace vitrine::ui {
namespace {

constexpr int kSidebarWidth = 204;

QColor dotColor(Sidebar::AccountState state, const Colors& colors)
{
    switch (state) {
    case Sidebar::AccountState::Well:
        return colors.good;
    case Sidebar::AccountState::Trouble:
        return colors.warning;
    case Sidebar::AccountState::Busy:
        break;
    }
    return colors.muted;
}

} // namespace

Sidebar::Sidebar(const LibraryCounts& counts, QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget)
    , m_layout(new QVBoxLayout(m_content))
    , m_sections(new QButtonGroup(this))
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // its entries have it
    setFixedWidth(kSidebarWidth);
    setAccessibleName(tr("Library and accounts"));
    setWidgetResizable(true);
    setWidget(m_content);
    m_content->setAutoFillBackground(false); // what lies behind is painted here
    m_layout->setContentsMargins(SidebarEntry::kPadding, spacing::Large, SidebarEntry::kPadding + 1,
                                 spacing::Large);
    m_layout->setSpacing(2);

    addHeading(tr("Library"));
    m_all = addSection(tr("All images"), Section::All);
    m_private = addSection(tr("Private"), Section::Private);
    m_withoutAlt = addSection(tr("No alt text"), Section::WithoutAlt);
    m_unsent = addEntry(tr("Not yet sent"));
    addHeading(tr("Accounts"));
    m_accountLayout = new QVBoxLayout;
    m_accountLayout->setSpacing(m_layout->spacing());
    m_layout->addLayout(m_accountLayout);
    connect(addEntry(tr("Add a gallery…")), &SidebarEntry::clicked, this,
            &Sidebar::addAccountRequested);
    m_layout->addStretch();

    connect(&counts, &LibraryCounts::changed, this, [this, &counts] { showCounts(counts); });
    connect(m_sections, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT sectionChosen(Section(id)); });
    connect(m_unsent, &SidebarEntry::clicked, this, &Sidebar::unsentChosen);
    showCounts(counts);
    setSection(Section::All);
    setUnsent(0);
}

void Sidebar::setSection(Section section)
{
    m_sections->button(int(section))->setChecked(true);
}

void Sidebar::setUnsent(int count)
{
    m_unsent->setCount(count);
}

void Sidebar::setAccounts(const QList<session::Account>& accounts, const QString& current)
{
    if (accounts == m_shownAccounts && current == m_currentAccount)
        return; // whoever has the keyboard on one of them keeps it
    m_shownAccounts = accounts;
    m_currentAccount = current;
    for (SidebarEntry* entry : std::as_const(m_accounts)) {
        entry->hide();
        entry->deleteLater(); // its own click may have led here
    }
    m_accounts.clear();
    for (const session::Account& account : accounts)
        addAccount(account, account.id == current);
    showAccountStates();
}

void Sidebar::addAccount(const session::Account& account, bool isCurrent)
{
    auto* entry = new SidebarEntry(accountName(account), m_content);
    entry->setCurrent(isCurrent);
    entry->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(entry, &SidebarEntry::clicked, this,
            [this, account] { Q_EMIT accountChosen(account); });
    connect(entry, &QWidget::customContextMenuRequested, this,
            [this, account, entry](const QPoint& where) {
                popUpMenu(account, entry->mapToGlobal(where));
            });
    m_accountLayout->addWidget(entry);
    m_accounts.insert(account.id, entry);
}

void Sidebar::popUpMenu(const session::Account& account, const QPoint& where)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Watched folders…"), this,
                    [this, account] { Q_EMIT foldersRequested(account); });
    if (account.isLocal()) // it needs no sign-in, and stays
        return menu->popup(where);
    menu->addAction(tr("Speed limits…"), this,
                    [this, account] { Q_EMIT speedLimitsRequested(account); });
    menu->addSeparator();
    menu->addAction(tr("Sign in…"), this, [this, account] { Q_EMIT signInRequested(account); });
    menu->addAction(tr("Sign out"), this, [this, account] { Q_EMIT signOutRequested(account); });
    menu->addSeparator();
    menu->addAction(tr("Forget this gallery…"), this,
                    [this, account] { Q_EMIT removeRequested(account); });
    menu->popup(where);
}

void Sidebar::setAccountState(const QString& id, AccountState state, const QString& words)
{
    m_standings.insert(id, {state, words});
    showAccountStates();
}

void Sidebar::addHeading(const QString& text)
{
    auto* heading = new TextLabel(text.toUpper(), m_content);
    QFont font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.5);
    heading->setFont(font);
    heading->setAccessibleName(text);
    heading->setContentsMargins(SidebarEntry::kPadding, spacing::Medium, SidebarEntry::kPadding,
                                spacing::Small);
    setStyleRole(*heading, "muted");
    m_layout->addWidget(heading);
}

SidebarEntry* Sidebar::addEntry(const QString& text)
{
    auto* entry = new SidebarEntry(text, m_content);
    m_layout->addWidget(entry);
    return entry;
}

SidebarEntry* Sidebar::addSection(const QString& text, Section section)
{
    SidebarEntry* entry = addEntry(text);
    entry->setCheckable(true);
    m_sections->addButton(entry, int(section));
    return entry;
}

void Sidebar::showCounts(const LibraryCounts& counts)
{
    m_all->setCount(counts.all());
    m_private->setCount(counts.privateOnes());
    m_withoutAlt->setCount(counts.withoutAlt());
}

void Sidebar::showAccountStates()
{
    for (auto entry = m_accounts.cbegin(); entry != m_accounts.cend(); ++entry) {
        const auto standing = m_standings.constFind(entry.key());
        if (standing != m_standings.cend())
            (*entry)->setDot(dotColor(standing->state, Colors::of(palette())), standing->words);
    }
}

void Sidebar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showAccountStates();
    QScrollArea::changeEvent(event);
}

void Sidebar::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(viewport());
    const QRect area = viewport()->rect();
    painter.fillRect(area, colors.panel);
    const int x = layoutDirection() == Qt::RightToLeft ? area.left() : area.right();
    painter.fillRect(x, area.top(), 1, area.height(), colors.line);
}

} // namespace vitrine::ui
