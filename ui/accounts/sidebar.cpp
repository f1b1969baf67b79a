// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/sidebar.h"

#include "ui/accounts/librarycounts.h"
#include "ui/accounts/sidebarentry.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace vitrine::ui {
namespace {

constexpr int kWidth = 204;
constexpr int kPadding = 10;

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

Sidebar::Sidebar(const LibraryCounts& counts, const QString& account, QWidget* parent)
    : QFrame(parent), m_layout(new QVBoxLayout(this)), m_sections(new QButtonGroup(this))
{
    setFixedWidth(kWidth);
    setAccessibleName(tr("Library and accounts"));
    m_layout->setContentsMargins(kPadding, spacing::Large, kPadding + 1, spacing::Large);
    m_layout->setSpacing(2);

    addHeading(tr("Library"));
    m_all = addSection(tr("All images"), Section::All);
    m_private = addSection(tr("Private"), Section::Private);
    m_withoutAlt = addSection(tr("No alt text"), Section::WithoutAlt);
    m_unsent = addEntry(tr("Not yet sent"));
    addHeading(tr("Accounts"));
    m_account = addEntry(account);
    m_layout->addStretch();

    connect(&counts, &LibraryCounts::changed, this, [this, &counts] { showCounts(counts); });
    connect(m_sections, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT sectionChosen(Section(id)); });
    connect(m_unsent, &SidebarEntry::clicked, this, &Sidebar::unsentChosen);
    connect(m_account, &SidebarEntry::clicked, m_all, &SidebarEntry::click);
    showCounts(counts);
    setSection(Section::All);
    setUnsent(0);
    showAccountState();
}

void Sidebar::setSection(Section section)
{
    m_sections->button(int(section))->setChecked(true);
}

void Sidebar::setUnsent(int count)
{
    m_unsent->setCount(count);
}

void Sidebar::setAccountState(AccountState state, const QString& words)
{
    m_state = state;
    m_stateWords = words;
    showAccountState();
}

void Sidebar::addHeading(const QString& text)
{
    auto* heading = new TextLabel(text.toUpper(), this);
    QFont font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.5);
    heading->setFont(font);
    heading->setAccessibleName(text);
    heading->setContentsMargins(kPadding, spacing::Medium, kPadding, spacing::Small);
    setStyleRole(*heading, "muted");
    m_layout->addWidget(heading);
}

SidebarEntry* Sidebar::addEntry(const QString& text)
{
    auto* entry = new SidebarEntry(text, this);
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

void Sidebar::showAccountState()
{
    m_account->setDot(dotColor(m_state, Colors::of(palette())), m_stateWords);
}

void Sidebar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_account)
        showAccountState();
    QFrame::changeEvent(event);
}

void Sidebar::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.panel);
    const int x = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(x, 0, 1, height(), colors.line);
}

} // namespace vitrine::ui
