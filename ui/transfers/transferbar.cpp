// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/transferbar.h"

#include "app/transfer/transfermodel.h"
#include "ui/common/painting.h"
#include "ui/common/theme.h"
#include "ui/transfers/transfertext.h"

#include <QPainter>
#include <QStyle>

#include <cmath>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using transfer::Transfer;
using transfer::TransferModel;

namespace {

constexpr std::chrono::milliseconds kTick{500};
constexpr int kTrackWidth = 160;
constexpr int kTrackHeight = 5;
constexpr int kStripHeight = 28;

} // namespace

TransferBar::TransferBar(const TransferModel& model, const Clock& clock, QWidget* parent)
    : QAbstractButton(parent), m_model(model), m_rate(clock)
{
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Show all transfers"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &TransferBar::refresh);
    connect(&model, &TransferModel::summaryChanged, this, &TransferBar::refresh);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &TransferBar::refresh);
    refresh();
}

void TransferBar::setPaused(bool paused)
{
    m_isPaused = paused;
    refresh();
}

void TransferBar::setLimits(const SpeedLimits& limits)
{
    m_limits = limits;
    refresh();
}

QSize TransferBar::sizeHint() const
{
    const int track = m_isBusy ? kTrackWidth + spacing::Medium : 0;
    // Text that is given a fraction of a pixel less than it takes is cut.
    const int words = int(std::ceil(QFontMetricsF(font()).horizontalAdvance(text())));
    return {words + track + 2 * spacing::Small, kStripHeight};
}

QSize TransferBar::minimumSizeHint() const
{
    return {0, kStripHeight};
}

void TransferBar::refresh()
{
    const TransferModel::Summary summary = m_model.summary();
    m_isBusy = summary.unfinished > 0;
    m_hasFailures = summary.failed > 0;
    m_progress = summary.progress;
    m_rate.update(summary.moved);
    if (m_isBusy != m_tick.isActive())
        m_isBusy ? m_tick.start() : m_tick.stop();

    QStringList parts{m_isPaused ? pausedHeadline(m_model) : transfersHeadline(m_model),
                      summary.sending > 0 ? rate(summary.left) : QString(),
                      m_isPaused ? QString() : limitHeadline(m_model, m_limits),
                      failuresHeadline(summary.failed)};
    parts.removeAll(QString());
    if (parts.isEmpty())
        parts += tr("All done");
    setText(parts.join(u" · "_s));
    setAccessibleName(tr("Transfers: %1").arg(text()));
    setVisible(m_isPaused || m_model.rowCount() > 0);
    updateGeometry();
    update();
}

QString TransferBar::rate(qint64 bytesLeft) const
{
    return rateText(m_rate.bytesPerSecond(), m_rate.timeFor(bytesLeft));
}

void TransferBar::paintEvent(QPaintEvent*)
{
    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.line);
        painter.drawRoundedRect(rect(), kCornerRadius, kCornerRadius);
    }
    QRect words = rect().adjusted(spacing::Small, 0, -spacing::Small, 0);
    if (m_isBusy) {
        words.setRight(words.right() - kTrackWidth - spacing::Medium);
        paintTrack(painter);
    }
    words = style()->visualRect(layoutDirection(), rect(), words);
    painter.setPen(m_hasFailures ? colors.danger : colors.muted);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading,
                     fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    if (hasFocus())
        paintFocusRing(painter, QRectF(rect()).adjusted(2, 2, -2, -2), kCornerRadius,
                       colors.accent);
}

void TransferBar::paintTrack(QPainter& painter) const
{
    QRectF track(width() - spacing::Small - kTrackWidth, (height() - kTrackHeight) / 2.,
                 kTrackWidth, kTrackHeight);
    QRectF filled(track.topLeft(), QSizeF(track.width() * m_progress, track.height()));
    if (layoutDirection() == Qt::RightToLeft) {
        track.moveLeft(spacing::Small);
        filled.moveRight(track.right());
    }
    painter.setPen(Qt::NoPen);
    const Colors colors = Colors::of(palette());
    for (const auto& [bar, color] : {std::pair(track, colors.line), {filled, colors.accent}}) {
        painter.setBrush(color);
        painter.drawRoundedRect(bar, kTrackHeight / 2., kTrackHeight / 2.);
    }
}

void TransferBar::enterEvent(QEnterEvent*)
{
    update();
}

void TransferBar::leaveEvent(QEvent*)
{
    update();
}

} // namespace vitrine::ui
