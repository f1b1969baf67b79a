// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/staging/stagingpage.h"

#include "app/transfer/stagingmodel.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"
#include "ui/common/toggleswitch.h"
#include "ui/rows/rowlist.h"
#include "ui/staging/stagingrow.h"
#include "ui/staging/stagingtext.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>

namespace vitrine::ui {

using transfer::StagingModel;

StagingPage::StagingPage(StagingModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_title(new TextLabel(this))
    , m_keep(new ToggleSwitch(this))
    , m_add(new QPushButton(tr("Add more…"), this))
    , m_rows(new RowList(
          model, StagingRow::kHeight, [this](QWidget* viewport) { return makeRow(viewport); },
          this))
    , m_summary(new TextLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_share(new QPushButton(this))
{
    setStyleRole(*this, "canvas");
    setAttribute(Qt::WA_StyledBackground);
    setStyleRole(*m_summary, "muted");
    m_summary->setWordWrap(true);
    setStyleRole(*m_share, "primary");
    m_keep->setAccessibleName(tr("Keep metadata"));
    m_keep->setToolTip(tr("Send the files as they are, with location, serial numbers and names"));
    m_keep->setChecked(m_model.keepsMetadata());
    m_rows->setAccessibleName(tr("Images to share"));
    m_share->setToolTip(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
    buildLayout();
    connectKeys();

    connect(&m_model, &StagingModel::summaryChanged, this, &StagingPage::updateSummary);
    connect(m_keep, &ToggleSwitch::toggled, &m_model, &StagingModel::setKeepMetadata);
    connect(&m_model, &StagingModel::keepMetadataChanged, m_keep, &ToggleSwitch::setChecked);
    connect(m_rows, &RowList::shownChanged, &m_model, &StagingModel::setVisible);
    connect(m_add, &QPushButton::clicked, this, &StagingPage::addRequested);
    connect(m_cancel, &QPushButton::clicked, this, &StagingPage::cancelRequested);
    connect(m_share, &QPushButton::clicked, this, &StagingPage::shareRequested);
    // Queued: the list makes its rows after it was told of them.
    connect(
        &m_model, &StagingModel::rowsInserted, this,
        [this] {
            if (m_isFocusDue && window()->focusWidget() == this) // nobody has gone elsewhere
                focusFirstRow();
        },
        Qt::QueuedConnection);
    updateSummary();
}

void StagingPage::setUndoTime(std::chrono::milliseconds time)
{
    m_undoTime = time;
    updateSummary();
}

void StagingPage::focusFirstRow()
{
    m_isFocusDue = m_model.rowCount() == 0;
    if (m_isFocusDue) {
        setFocus(); // the keys of this page work meanwhile
        return;
    }
    m_rows->scrollToRow(0);
    goOnFrom(-1);
}

void StagingPage::buildLayout()
{
    auto* head = new QHBoxLayout;
    auto* keepLabel = new TextLabel(tr("Keep metadata"), this);
    keepLabel->setBuddy(m_keep);
    head->setSpacing(spacing::Medium);
    head->addWidget(m_title, 1);
    head->addWidget(keepLabel);
    head->addWidget(m_keep);
    head->addSpacing(spacing::Medium);
    head->addWidget(m_add);

    auto* foot = new QHBoxLayout;
    foot->setSpacing(spacing::Medium);
    foot->addWidget(m_summary, 1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_share);

    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(spacing::Wide, spacing::Large, spacing::Wide, spacing::Large);
    page->setSpacing(spacing::Small);
    page->addLayout(head);
    page->addWidget(m_rows, 1);
    page->addLayout(foot);
}

void StagingPage::connectKeys()
{
    const auto add = [this](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    const auto share = [this] {
        if (m_share->isEnabled())
            Q_EMIT shareRequested();
    };
    add(Qt::CTRL | Qt::Key_Return, share);
    add(Qt::CTRL | Qt::Key_Enter, share);
    add(Qt::Key_Escape, [this] { leave(); });
}

/// Out of a description first: whoever is writing does not mean the whole page.
void StagingPage::leave()
{
    if (qobject_cast<QLineEdit*>(QApplication::focusWidget()))
        setFocus();
    else
        Q_EMIT cancelRequested();
}

void StagingPage::updateSummary()
{
    const int shareable = m_model.shareableCount();
    m_title->setFont(titleFont(font()));
    m_title->setText(shareable > 0 ? shareLabel(shareable) : tr("Nothing to share here"));
    m_share->setText(shareable > 0 ? shareLabel(shareable) : tr("Share"));
    m_share->setEnabled(shareable > 0);
    m_summary->setText(
        stagingSummary(m_model.rowCount(), shareable, m_model.describedCount(), m_undoTime));
}

RowWidget* StagingPage::makeRow(QWidget* parent)
{
    auto* row = new StagingRow(parent);
    connect(row, &StagingRow::finished, this, &StagingPage::goOnFrom);
    return row;
}

void StagingPage::goOnFrom(int row)
{
    for (int next = row + 1; next < m_model.rowCount(); ++next) {
        if (!m_model.index(next).data(StagingModel::IsSendableRole).toBool())
            continue;
        m_rows->scrollToRow(next);
        if (auto* widget = qobject_cast<StagingRow*>(m_rows->rowWidget(next)))
            widget->focusAltText();
        return;
    }
    m_share->setFocus(Qt::TabFocusReason);
}

bool StagingPage::event(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        updateSummary();
    return QWidget::event(event);
}

} // namespace vitrine::ui
