// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/screenshot.h"

#include "app/session/session.h"

#include <QPixmap>
#include <QWidget>

namespace vitrine::ui {

using gallery::GalleryModel;
using session::Session;

namespace {

constexpr std::chrono::milliseconds kInterval{150};
constexpr std::chrono::seconds kLongest(15);
constexpr int kFirstImages = 24; // as many as a window shows at once

} // namespace

Screenshot::Screenshot(Session& session, QWidget& window, const QString& path, QObject* parent)
    : QObject(parent), m_session(session), m_window(window), m_path(path)
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
    m_waited.start();
    m_timer.start();
}

void Screenshot::look()
{
    if (!isShown() && !m_waited.hasExpired(std::chrono::milliseconds(kLongest).count()))
        return;
    m_timer.stop();
    // One interval more, for pictures that are still fading in.
    QTimer::singleShot(kInterval, this, [this] { Q_EMIT taken(m_window.grab().save(m_path)); });
}

bool Screenshot::isShown() const
{
    if (m_session.state() == Session::State::Starting || m_session.gallery().isRefreshing())
        return false;
    const GalleryModel& model = m_session.gallery().model();
    const int count = qMin(model.rowCount(), kFirstImages);
    for (int row = 0; row < count; ++row) {
        if (!gallery::hasPreview(model.index(row)))
            return false;
    }
    return true;
}

} // namespace vitrine::ui
