// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/viewerbar.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {
const QColor kForeground(0xfff2f3f5);
constexpr int kToolIcon = 20;
} // namespace

ViewerBar::ViewerBar(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::Small, spacing::Small, spacing::Small, spacing::Small);
    layout->setSpacing(spacing::Tight);

    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    m_back = addButton(leftToRight ? u"arrow-left"_s : u"arrow-right"_s, {}, tr("Back (Esc)"));
    m_name = new ElidedLabel(this);
    setStyleRole(*m_name, "strong");
    m_count = new QLabel(this);
    setStyleRole(*m_count, "muted");
    layout->addSpacing(spacing::Small);
    layout->addWidget(m_name);
    layout->addSpacing(spacing::Medium);
    layout->addWidget(m_count);
    layout->addStretch(1);
    m_private = addButton(u"lock"_s, tr("Private"), {});
    m_private->setCheckable(true);
    m_asOthers = addButton(u"eye"_s, tr("As others see it"), tr("As others see it (O)"));
    m_asOthers->setCheckable(true);
    QToolButton* download =
        addButton(u"download"_s, tr("Download"), tr("Download (D), or the original (Shift+D)"));
    m_delete = addButton(u"trash"_s, {}, tr("Delete (Del)"));
    QToolButton* info = addButton(u"info"_s, {}, tr("Details"));

    connect(m_back, &QToolButton::clicked, this, &ViewerBar::backClicked);
    connect(m_private, &QToolButton::clicked, this, &ViewerBar::privateClicked);
    connect(m_asOthers, &QToolButton::clicked, this, &ViewerBar::asOthersClicked);
    connect(download, &QToolButton::clicked, this, &ViewerBar::downloadClicked);
    connect(m_delete, &QToolButton::clicked, this, &ViewerBar::deleteClicked);
    connect(info, &QToolButton::clicked, this, &ViewerBar::infoClicked);
}

QToolButton* ViewerBar::addButton(const QString& iconName, const QString& text, const QString& hint)
{
    auto* button = new QToolButton(this);
    button->setIcon(icon(iconName, kForeground));
    button->setIconSize({kToolIcon, kToolIcon});
    button->setText(text);
    button->setToolTip(hint);
    button->setAccessibleName(text.isEmpty() ? hint : text);
    button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly
                                              : Qt::ToolButtonTextBesideIcon);
    // Tab reaches them; a click leaves the arrow keys with the picture.
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    return button;
}

void ViewerBar::setState(const State& state)
{
    m_name->setText(state.name);
    m_count->setText(tr("%1 of %2").arg(state.number).arg(state.total));
    const QString noEdits = state.abilities.noEdits;
    const QString noDeleting = state.abilities.noDeleting;
    m_private->setChecked(state.isPrivate);
    m_private->setIcon(icon(state.isPrivate ? u"lock"_s : u"lock-open"_s, kForeground));
    m_private->setText(state.isPrivate ? tr("Private") : tr("Public"));
    m_private->setAccessibleName(tr("Private"));
    m_private->setEnabled(noEdits.isEmpty());
    m_private->setToolTip(noEdits.isEmpty() ? tr("Private or public (P)") : noEdits);
    m_asOthers->setChecked(state.asOthers);
    m_delete->setEnabled(noDeleting.isEmpty());
    m_delete->setToolTip(noDeleting.isEmpty() ? tr("Delete (Del)") : noDeleting);
}

} // namespace vitrine::ui
