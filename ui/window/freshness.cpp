// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/freshness.h"

#include <QEvent>
#include <QWidget>

namespace vitrine::ui {
namespace {

using namespace std::chrono_literals;

// Whoever goes back and forth between two windows does not ask the server each time.
constexpr auto kOnReturn = 10s;
constexpr auto kWhileLooking = 60s;

} // namespace

Freshness::Freshness(LastRead lastRead, const Clock& clock, QWidget& page, QObject* parent)
    : QObject(parent)
    , m_lastRead(std::move(lastRead))
    , m_clock(clock)
    , m_page(page)
    , m_whileLooking(this)
{
    page.installEventFilter(this);
    connect(&m_whileLooking, &QTimer::timeout, this, [this] {
        if (m_page.isActiveWindow())
            look(kWhileLooking);
    });
    m_whileLooking.start(kWhileLooking);
}

bool Freshness::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::WindowActivate)
        look(kOnReturn);
    return QObject::eventFilter(watched, event);
}

void Freshness::look(std::chrono::seconds limit)
{
    const QDateTime read = m_lastRead();
    if (m_page.isVisible() && read.isValid() && read.secsTo(m_clock.now()) >= limit.count())
        Q_EMIT isStale();
}

} // namespace vitrine::ui
