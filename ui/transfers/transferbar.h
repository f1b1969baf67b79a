// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/speedlimits.h"
#include "ui/transfers/transferrate.h"

#include <QAbstractButton>
#include <QTimer>

namespace vitrine::transfer {
class TransferModel;
}

namespace vitrine::ui {

/// "Sharing 2 of 5 · 3.1 MB/s" with a slim bar, in the corner of the window. A click opens the
/// list. Takes no room while there is nothing to tell.
class TransferBar final : public QAbstractButton
{
    Q_OBJECT

public:
    /// \a model and \a clock must outlive the bar.
    TransferBar(const transfer::TransferModel& model, const Clock& clock,
                QWidget* parent = nullptr);

    /// Nothing is sent: says so in place of what is done.
    void setPaused(bool paused);

    /// Says what slows the transfers, while there are any.
    void setLimits(const SpeedLimits& limits);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void refresh();
    QString rate(qint64 bytesLeft) const;
    void paintTrack(QPainter& painter) const;

    const transfer::TransferModel& m_model;
    TransferRate m_rate;
    SpeedLimits m_limits;
    QTimer m_tick;
    double m_progress = 0;
    bool m_isBusy = false;
    bool m_hasFailures = false;
    bool m_isPaused = false;
};

} // namespace vitrine::ui
