// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/transferrow.h"

#include "app/transfer/transfermodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"
#include "ui/transfers/transfertext.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using transfer::Kind;
using transfer::State;
using transfer::Transfer;
using transfer::TransferModel;

namespace {

constexpr int kIcon = 20;
constexpr int kProgressSteps = 1000;
constexpr int kProgressHeight = 4;
constexpr QKeyCombination kSendFirst = Qt::CTRL | Qt::Key_Home;

QString iconName(const Transfer& transfer)
{
    if (transfer.state == State::Failed)
        return u"warning"_s;
    if (transfer.state == State::Done || transfer.state == State::Duplicate)
        return u"check"_s;
    switch (transfer.kind) {
    case Kind::Upload:
        return u"upload"_s;
    case Kind::Edit:
        return u"text"_s;
    case Kind::Delete:
        return u"trash"_s;
    case Kind::Download:
        break;
    }
    return u"download"_s;
}

QColor iconColor(const Transfer& transfer, const Colors& colors)
{
    if (transfer.state == State::Failed)
        return colors.danger;
    if (transfer.state == State::Done)
        return colors.good;
    return transfer::isFinished(transfer.state) ? colors.muted : colors.accentText;
}

Transfer transferAt(const QModelIndex& index)
{
    return index.data(TransferModel::TransferRole).value<Transfer>();
}

bool canBeRetried(const Transfer& transfer)
{
    return transfer.state == State::Failed;
}

} // namespace

TransferRow::TransferRow(QWidget* parent)
    : RowWidget(parent)
    , m_icon(new QLabel(this))
    , m_name(new ElidedLabel(this))
    , m_sentence(new TextLabel(this))
    , m_progress(new QProgressBar(this))
    , m_action(new QPushButton(this))
{
    setStyleRole(*m_name, "strong");
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(kProgressHeight);
    setStyleRole(*m_action, "link");
    m_action->setCursor(Qt::PointingHandCursor);
    buildLayout();
    connect(m_action, &QPushButton::clicked, this, &TransferRow::act);
}

QList<QWidget*> TransferRow::tabStops() const
{
    return {m_action};
}

void TransferRow::buildLayout()
{
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(m_name);
    words->addWidget(m_sentence);
    words->addWidget(m_progress);
    words->addStretch();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::Large, spacing::Small, spacing::Large, spacing::Small);
    row->setSpacing(spacing::Medium);
    row->addWidget(m_icon);
    row->addLayout(words, 1);
    row->addWidget(m_action);
}

QString TransferRow::actionText(const Transfer& transfer)
{
    if (isConflict(transfer))
        return tr("Compare…");
    if (canBeRetried(transfer))
        return tr("Try again");
    return transfer.kind == Kind::Download ? tr("Stop") : tr("Take back");
}

void TransferRow::refresh(bool)
{
    const Transfer transfer = transferAt(index());
    const QColor color = iconColor(transfer, Colors::of(palette()));
    m_icon->setPixmap(
        icon(iconName(transfer), color).pixmap(QSize(kIcon, kIcon), devicePixelRatio()));
    m_name->setText(transfer.name);
    showSentence(transferSentence(transfer), transfer.state == State::Failed);

    const double progress = index().data(TransferModel::ProgressRole).toDouble();
    m_progress->setVisible(transfer.state == State::Sending && progress >= 0);
    m_progress->setRange(0, kProgressSteps);
    m_progress->setValue(int(progress * kProgressSteps));

    m_action->setVisible(canBeTakenBack(transfer) || canBeRetried(transfer));
    m_action->setText(actionText(transfer));
}

void TransferRow::showSentence(const QString& sentence, bool hasFailed)
{
    m_sentence->setText(sentence);
    setStyleRole(*m_sentence, hasFailed ? "danger" : "muted");
    // Large letters may take more lines than there are.
    m_sentence->setToolTip(hasFailed ? sentence.toHtmlEscaped() : QString());
    m_action->setAccessibleDescription(u"%1: %2"_s.arg(m_name->text(), sentence));
}

void TransferRow::act()
{
    if (!index().isValid())
        return;
    const Transfer transfer = transferAt(index());
    if (isConflict(transfer))
        Q_EMIT compareRequested(transfer.key);
    else if (canBeRetried(transfer))
        Q_EMIT retryRequested(transfer.key);
    else if (canBeTakenBack(transfer))
        Q_EMIT cancelRequested(transfer.key);
}

void TransferRow::sendFirst()
{
    if (index().isValid() && canGoFirst(transferAt(index())))
        Q_EMIT sendFirstRequested(transferAt(index()).key);
}

void TransferRow::contextMenuEvent(QContextMenuEvent* event)
{
    if (!index().isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (canGoFirst(transferAt(index()))) {
        QAction* first = menu->addAction(tr("Send first"), this, &TransferRow::sendFirst);
        first->setShortcut(kSendFirst); // shown; the key itself comes to keyPressEvent()
        first->setShortcutContext(Qt::WidgetShortcut);
    }
    if (!m_action->isHidden())
        menu->addAction(m_action->text(), this, &TransferRow::act);
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(event->globalPos());
}

void TransferRow::keyPressEvent(QKeyEvent* event)
{
    if (event->keyCombination() == kSendFirst)
        sendFirst();
    else
        RowWidget::keyPressEvent(event);
}

void TransferRow::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(0, height() - 1, width(), 1, Colors::of(palette()).line);
}

} // namespace vitrine::ui
