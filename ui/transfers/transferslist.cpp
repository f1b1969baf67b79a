// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/transferslist.h"

#include "app/transfer/transfermodel.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"
#include "ui/rows/rowlist.h"
#include "ui/transfers/transferrow.h"
#include "ui/transfers/transfertext.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace vitrine::ui {

using transfer::TransferModel;

namespace {

constexpr int kMostWidth = 480;
constexpr int kHead = 57;
constexpr int kRowsAtLeast = 2;
constexpr int kRowsAtMost = 7;
constexpr double kCardRadius = 10;

} // namespace

TransfersList::TransfersList(TransferModel& model, QWidget& window)
    : QFrame(&window)
    , m_model(model)
    , m_window(window)
    , m_title(new TextLabel(tr("Transfers"), this))
    , m_spool(new TextLabel(this))
    , m_limits(new TextLabel(this))
    , m_limit(new QPushButton(tr("Speed limits…"), this))
    , m_pause(new QPushButton(this))
    , m_clear(new QPushButton(tr("Clear finished"), this))
    , m_empty(new QLabel(tr("Nothing is on its way."), this))
    , m_rows(new RowList(
          model, TransferRow::kHeight, [this](QWidget* viewport) { return makeRow(viewport); },
          this))
{
    setAccessibleName(tr("Transfers"));
    setAttribute(Qt::WA_NoMousePropagation); // a click on it is not one elsewhere
    setStyleRole(*m_title, "strong");
    setStyleRole(*m_spool, "muted");
    setStyleRole(*m_limits, "muted");
    setStyleRole(*m_limit, "link");
    setStyleRole(*m_pause, "link");
    setStyleRole(*m_clear, "link");
    setStyleRole(*m_empty, "muted");
    m_empty->setAlignment(Qt::AlignCenter);
    buildLayout();
    setPaused(false, false);
    setLimits({});
    connect(m_limit, &QPushButton::clicked, this, &TransfersList::limitsRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseToggled(!m_isPaused); });
    connect(m_clear, &QPushButton::clicked, this, &TransfersList::clearFinished);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &TransfersList::updateState);
    connect(&model, &QAbstractItemModel::modelReset, this, &TransfersList::updateState);
    connect(&model, &TransferModel::summaryChanged, this, &TransfersList::updateState);
    window.installEventFilter(this);
    hide();
    updateState();
}

void TransfersList::setBottomMargin(int margin)
{
    m_bottomMargin = margin;
    place();
}

void TransfersList::setPaused(bool paused, bool byCost)
{
    m_isPaused = paused;
    m_pause->setText(!paused ? tr("Pause") : byCost ? tr("Send anyway") : tr("Go on"));
    m_pause->setToolTip(!paused  ? tr("Send nothing more for now")
                        : byCost ? tr("Send what waits, although this line costs")
                                 : tr("Send what waits"));
}

void TransfersList::setLimits(const SpeedLimits& limits)
{
    m_limits->setText(limitsText(limits));
    updateState();
}

void TransfersList::setLimitable(bool limitable)
{
    m_limit->setVisible(limitable);
}

void TransfersList::open()
{
    m_focusBefore = QApplication::focusWidget();
    place();
    show();
    raise();
    qApp->installEventFilter(this); // Escape and clicks count wherever they are
    m_rows->scrollToRow(m_model.rowCount() - 1);
    setFocus();
    m_clear->setFocus(Qt::PopupFocusReason);
}

void TransfersList::close()
{
    if (isHidden())
        return;
    qApp->removeEventFilter(this);
    const bool hasFocus = isMine(QApplication::focusWidget());
    hide();
    if (hasFocus && m_focusBefore)
        m_focusBefore->setFocus();
    Q_EMIT closed();
}

void TransfersList::toggle()
{
    if (isHidden())
        open();
    else
        close();
}

void TransfersList::clearFinished()
{
    setFocus(); // the button may be greyed out by that, and would hand it to anybody
    Q_EMIT clearRequested();
    if (m_model.rowCount() == 0)
        close();
}

void TransfersList::buildLayout()
{
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_title, 1);
    buttons->addWidget(m_limit);
    buttons->addSpacing(spacing::Medium);
    buttons->addWidget(m_pause);
    buttons->addSpacing(spacing::Medium);
    buttons->addWidget(m_clear);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(spacing::Large, spacing::Medium, spacing::Large, spacing::Medium);
    head->setSpacing(0);
    head->addLayout(buttons);
    head->addWidget(m_limits);
    head->addWidget(m_spool);

    auto* card = new QVBoxLayout(this);
    card->setContentsMargins(1, 1, 1, spacing::Small);
    card->setSpacing(0);
    card->addLayout(head);
    card->addWidget(m_empty, 1);
    card->addWidget(m_rows, 1);
}

void TransfersList::place()
{
    const int rows = qBound(kRowsAtLeast, m_model.rowCount(), kRowsAtMost);
    int head = kHead;
    for (const auto* line : {m_limits, m_spool})
        head += line->isHidden() ? 0 : line->sizeHint().height();
    const int height = qMin(head + rows * TransferRow::kHeight + spacing::Small,
                            m_window.height() - m_bottomMargin - 2 * spacing::Large);
    const int width = qMin(kMostWidth, m_window.width() - 2 * spacing::Large);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int x = mirrored ? spacing::Large : m_window.width() - width - spacing::Large;
    setGeometry(x, m_window.height() - m_bottomMargin - height - spacing::Small, width, height);
}

void TransfersList::updateState()
{
    const bool isEmpty = m_model.rowCount() == 0;
    m_empty->setVisible(isEmpty);
    m_rows->setVisible(!isEmpty);
    m_spool->setText(spoolText(m_model.summary().spooled));
    for (auto* line : {m_limits, m_spool})
        line->setHidden(line->text().isEmpty());
    m_clear->setEnabled(m_model.rowCount() > m_model.summary().unfinished);
    if (isVisible())
        place();
}

RowWidget* TransfersList::makeRow(QWidget* parent)
{
    auto* row = new TransferRow(parent);
    connect(row, &TransferRow::retryRequested, this, &TransfersList::retryRequested);
    connect(row, &TransferRow::compareRequested, this, &TransfersList::compareRequested);
    connect(row, &TransferRow::cancelRequested, this, &TransfersList::cancelRequested);
    connect(row, &TransferRow::sendFirstRequested, this, &TransfersList::sendFirstRequested);
    return row;
}

bool TransfersList::eventFilter(QObject* object, QEvent* event)
{
    if (object == &m_window && event->type() == QEvent::Resize && isVisible())
        place();
    if (isHidden())
        return QFrame::eventFilter(object, event);
    switch (event->type()) {
    case QEvent::ShortcutOverride: // claimed from whatever else Escape does here
    case QEvent::KeyPress:
        if (static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape || !isInWindow(object))
            break;
        event->accept();
        if (event->type() == QEvent::KeyPress)
            close();
        return true;
    case QEvent::MouseButtonRelease:
        // Queued: a click on what opened the list is to close it, not to open it again.
        if (isInWindow(object) && !isMine(object))
            QMetaObject::invokeMethod(this, &TransfersList::close, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QFrame::eventFilter(object, event);
}

bool TransfersList::isInWindow(const QObject* object) const
{
    const auto* widget = qobject_cast<const QWidget*>(object);
    return widget && (widget == &m_window || m_window.isAncestorOf(widget));
}

bool TransfersList::isMine(const QObject* object) const
{
    const auto* widget = qobject_cast<const QWidget*>(object);
    return widget == this || isAncestorOf(widget);
}

void TransfersList::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.line);
    painter.setBrush(colors.canvas);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kCardRadius,
                            kCardRadius);
}

} // namespace vitrine::ui
