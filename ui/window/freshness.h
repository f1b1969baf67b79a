// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QObject>
#include <QTimer>

#include <functional>

class QWidget;

namespace vitrine::ui {

/// Notices when what a page shows should be read again, for other people and programs change it,
/// too: when somebody comes back to its window, and every minute while they look. GUI thread.
class Freshness final : public QObject
{
    Q_OBJECT

public:
    /// When it was last read; invalid if never.
    using LastRead = std::function<QDateTime()>;

    /// \a clock and \a page must outlive it.
    Freshness(LastRead lastRead, const Clock& clock, QWidget& page, QObject* parent = nullptr);

Q_SIGNALS:
    void isStale();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look(std::chrono::seconds limit);

    const LastRead m_lastRead;
    const Clock& m_clock;
    QWidget& m_page;
    QTimer m_whileLooking;
};

} // namespace vitrine::ui
